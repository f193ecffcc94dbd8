"""What the bundled scripts forbid (slides 11, 15, 20, 21), against sentences an operator may say.

`forbidden_a.jsonl` and `forbidden_b.jsonl` were written by somebody who had not seen the patterns. The first
run of A, with simple patterns, found 64% and falsely 12%. B was run when A stood at 100% and 0%: it found 92%
and falsely 4%, then its misses mended the patterns. The lists below are older: what one could think of while
the patterns were made.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from prompter.text.patterns import Expression, expression
from tests.call.builders import bundled

HERE = Path(__file__).parent

OFFENDING = """
not_sure|Я не уверена, что это возможно
not_sure|Честно говоря, не совсем уверен
not_sure|В этом я как-то не очень уверена
not_sure|Не уверен, но попробуйте перезагрузить
not_sure|Ой, я не до конца уверена в этом
not_sure|У меня нет полной уверенности
not_sure|Я тут неуверена, если честно
not_sure|Уверена не на сто процентов
doubt|Сомневаюсь, что мастер сегодня приедет
doubt|Я очень сомневаюсь в этом
doubt|Есть у меня сомнения насчёт этого
maybe|Может быть, завтра включат
maybe|Ну, может быть и так
maybe|Быть может, проблема в роутере
maybe|Это может быть из-за погоды
maybe|Может, и приедет сегодня
dont_know|Я не знаю, когда починят
dont_know|Не знаю, спросите у менеджера
dont_know|Мы сами этого не знаем
dont_know|Откуда мне это знать?
dont_know|Понятия не имею, почему так
dont_know|Без понятия, перезвоните позже
dont_know|Я даже не знаю, что Вам сказать
dont_know|Я вообще не в курсе этого
you_are_wrong|Вы ошибаетесь, у нас такого тарифа нет
you_are_wrong|Вы, наверное, ошиблись
you_are_wrong|Вы тут совершенно не правы
you_are_wrong|Нет, Вы глубоко заблуждаетесь
you_are_wrong|Ошибаетесь, девушка
did_not_understand|Вы не поняли, я сказал другое
did_not_understand|Вы меня не поняли
did_not_understand|Вы меня совсем не слышите
did_not_understand|Вы, видимо, не понимаете
did_not_understand|Не поняли Вы меня
we_owe_you|Вы считаете, это мы вам должны?
we_owe_you|Мы вам ничего не должны
we_owe_you|Я вам не обязана всё рассказывать
we_owe_you|По-вашему, мы вам что-то должны?
repeat_again|Повторяю ещё раз
repeat_again|Ещё раз повторяю: платёж не поступил
repeated_many_times|Я же вам уже несколько раз повторяла
repeated_many_times|Я вам уже говорила про это
repeated_many_times|Сколько раз я вам сказала
repeat_again|Повторяю вам, договора нет
will_not_repeat|Я больше не буду повторять
will_not_repeat|Повторять больше не буду
will_not_repeat|Не стану вам это ещё раз объяснять
will_not_repeat|Я не собираюсь повторять
call_back_then|Ну тогда перезвоните
call_back_then|Тогда сами перезвоните
call_back_then|Ну и ждите
call_back_then|Тогда ищите другого провайдера
""".strip().splitlines()

HARMLESS = """
Извините, наш разговор не может быть продолжен. Спасибо Вам за звонок
Наш разговор не может быть продолжен. Всего доброго
Я уверена, что мастер приедет сегодня
Не переживайте, работы завершатся к вечеру
Я уточню данную информацию для Вас
Извините, не могли бы подождать две минуты?
Вы меня слышите?
Говорите, пожалуйста, Вас не слышно
Вы ошиблись номером, это компания Skynet
Повторите, пожалуйста, Ваш вопрос
Назовите, пожалуйста, номер договора ещё раз
Перезвоните, пожалуйста, на линии помехи
Менеджер перезвонит Вам в течение пятнадцати минут
Вы можете оплатить через терминал
Возможно, я смогу Вам помочь
Должен поступить платёж на лицевой счёт
Вам должны позвонить из технического отдела
К сожалению, я не могу предоставить Вам эту информацию
Уточните, пожалуйста, в чём заключается затруднение
Вы не можете воспользоваться интернетом?
Хорошо, тогда я оформлю заявку
Тогда мы направим к Вам мастера
Спасибо, что остались на линии
Я понимаю Ваше беспокойство
Не отключайтесь, я проверю информацию
Сейчас узнаю и сообщу Вам
Если Вы не знаете пароль, он указан на наклейке
Вы знаете номер своего договора?
Такие случаи очень редки
Скажите, когда Вам удобно принять мастера?
Работы могут продлиться до вечера
Сообщите, если проблема повторится
Я передам Вашу жалобу руководству
Мы обязательно решим этот вопрос
Ваш договор действует до конца года
Вы верно указали адрес
Всё верно, спасибо
Не более двух минут ожидания
Быть на связи мы готовы круглосуточно
Скорость может отличаться от тарифной
Проверьте, не отошёл ли кабель
В заявке не указан номер дома
Просьба не вести разговор в таком тоне
Вы уже говорили с менеджером?
Без сомнения, мы поможем
Для этого не нужно приезжать в офис
Мы не располагаем информацией о других провайдерах
Оставьте контактный номер, мы сообщим Вам
Завтра мастер должен быть у Вас до обеда
Не могу сказать точно, уточню у специалиста
""".strip().splitlines()


MORE_OFFENDING = """
not_sure|Не могу сказать, не уверена в этом
not_sure|Я не вполне уверен, что получится
not_sure|Пока уверенности в этом нет
doubt|Сильно сомневаюсь, если честно
doubt|Мы сомневаемся, что это роутер
maybe|Может быть вечером сделают
maybe|Проблема, может быть, у Вас дома
dont_know|Мы не знаем, когда восстановят
dont_know|Этого я, к сожалению, не знаю
dont_know|Я точно этого не знаю
dont_know|Не имею понятия
you_are_wrong|Вы сильно ошибаетесь
you_are_wrong|Тут Вы неправы
you_are_wrong|Вы всё-таки ошиблись
did_not_understand|Вы так и не поняли
did_not_understand|Вы меня не слушаете
did_not_understand|Вы же не понимаете, о чём речь
we_owe_you|Почему мы вам должны это делать?
we_owe_you|Никто вам ничего не должен
repeat_again|Снова повторяю, баланс отрицательный
repeated_many_times|Я уже три раза объяснял
repeat_again|Повторяю для вас ещё раз
repeated_many_times|Вам же сказали: ждите
will_not_repeat|Больше повторять не стану
will_not_repeat|Объяснять больше не буду
call_back_then|Ну тогда звоните завтра
call_back_then|Тогда ждите
""".strip().splitlines()

MORE_HARMLESS = """
Мы сделаем всё возможное, будьте уверены
Не беспокойтесь, Вы уверены в номере договора?
Не знаете ли Вы номер лицевого счёта?
Подождите, не кладите трубку, я уточню
Вы поняли, куда нажать?
Хорошо, повторю для Вас номер заявки
Мастер должен позвонить до обеда
Какую сумму мы должны вернуть, уточню в кассе
Тогда запишите, пожалуйста, номер
Если будут вопросы, звоните
Вы ошиблись цифрой, проверьте логин
Не может ли кто-то из домашних проверить роутер?
Ждём Вас в офисе с девяти до шести
Может ли мастер прийти вечером?
Вы слышите меня сейчас?
Объясню ещё раз по шагам
Не буду Вас задерживать, всего доброго
Вам сказали точное время визита?
Уверяю Вас, деньги вернутся
Может ли Вам быть удобнее в субботу?
Прошу не перебивать, я всё запишу
Говорила с мастером, он выезжает
Перезвоните нам, если не включится
Я знаю, как это исправить
Договор должен быть подписан
""".strip().splitlines()

THIRD_OFFENDING = """
not_sure|Ну я не уверена вообще-то
not_sure|Боюсь, я не вполне в этом уверен
not_sure|Тут я совсем не уверена, уточните в офисе
not_sure|Я в этом уверена не до конца
not_sure|Не уверены мы, что сегодня успеют
doubt|Я сомневаюсь, что Вам вернут деньги
doubt|У меня большие сомнения по этому поводу
doubt|Честно, сомневаюсь
maybe|Может быть, у Вас роутер сгорел
maybe|Ну это может быть авария
maybe|Быть может, к вечеру дадут
maybe|Подождите, может быть заработает
dont_know|Не знаю я, что там у Вас
dont_know|Я этого не знаю
dont_know|Ничего не знаю, звоните завтра
dont_know|Мы тоже не знаем, когда сделают
dont_know|Откуда я знаю, где мастер
dont_know|Понятия не имею
dont_know|Ой, даже не знаю
you_are_wrong|Вы ошибаетесь, женщина
you_are_wrong|Вы что-то ошибаетесь
you_are_wrong|Это Вы ошиблись, а не мы
you_are_wrong|Вы не правы совершенно
did_not_understand|Вы не поняли меня
did_not_understand|Кажется, Вы не поняли
did_not_understand|Да Вы просто не понимаете
did_not_understand|Вы вообще меня слышите? Вы не слушаете!
we_owe_you|Мы вам не должны это объяснять
we_owe_you|Вы считаете это мы вам должны?
we_owe_you|А почему мы должны вам платить
we_owe_you|Я вам ничего не должна
repeat_again|Я повторяю ещё раз
repeat_again|Повторяю Вам ещё раз: оплатите счёт
repeated_many_times|Я Вам уже сто раз говорила
repeat_again|Ещё раз повторяю
repeated_many_times|Я же уже сказала, ждите мастера
repeated_many_times|Я Вам уже объясняла
will_not_repeat|Больше я повторять не буду
will_not_repeat|Я не буду это повторять
will_not_repeat|Не буду я Вам больше повторять
call_back_then|Тогда перезвоните позже
call_back_then|Ну тогда сами разбирайтесь
""".strip().splitlines()

THIRD_HARMLESS = """
Наш разговор не может быть продолжен
Мы уверены, что всё заработает
Я не могу сейчас ответить, уточню и перезвоню
Не уходите с линии, пожалуйста
Узнаю у специалиста и сообщу Вам
Вы можете повторить номер договора?
Вы не поставили роутер на подоконник?
Повторно оплачивать не нужно
Вам не нужно никуда ехать
Сколько раз Вы перезагружали роутер?
Ещё раз благодарю за ожидание
Должна прийти смс с кодом
Должны ли Вы что-то за аренду, видно в кабинете
Мастер уже выехал
Вам уже звонил менеджер?
Если ошиблись суммой, вернём на счёт
Не бойтесь, это безопасно
Вы правы, приношу извинения
Тогда оформим заявку на завтра
Знаете ли Вы свой логин?
Чтобы не ждать, оставьте номер
Вы меня хорошо слышите?
Перезвоните, пожалуйста, с другого телефона
Работы могут быть завершены раньше
Оплата может поступить позже
Не сомневайтесь, заявка принята
Быстрее всего через приложение
Понимаю Вас, давайте проверим вместе
Не буду Вас больше задерживать
Я всё объясню по порядку
Поняла Вас, сейчас проверю
Вы не слышали звонка мастера?
Договор можно не продлевать
Не знаком ли Вам этот адрес?
Верно ли я записала фамилию?
Никто, кроме Вас, не может изменить пароль
Вы хотели бы сменить тариф?
Я записала, что Вы говорили
Ждите смс в течение минуты
""".strip().splitlines()


@cache
def compiled() -> list[tuple[str, Expression]]:
    return [
        (one.id, expression(patterns, one.window, one.ordered, one.unless.get(lang, ())))
        for one in bundled().forbidden.values()
        for lang, patterns in one.pattern.items()
    ]


def marked(text: str) -> set[str]:
    """The expressions that stand in a text, whatever its language."""
    return {name for name, one in compiled() if one.find(text)}


@pytest.mark.parametrize(("name", "size"), [("forbidden_a", 200), ("forbidden_b", 100)])
def test_sentences_of_a_stranger(name: str, size: int) -> None:
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == size
    offending = [row for row in rows if row["expression"]]
    missed = [row["text"] for row in offending if row["expression"] not in marked(row["text"])]
    assert len(missed) <= 0.05 * len(offending), missed
    harmless = [row["text"] for row in rows if not row["expression"]]
    alarms = [text for text in harmless if marked(text)]
    assert len(alarms) <= 0.04 * len(harmless), alarms


def test_no_phrase_or_duty_of_the_scripts_is_an_offence() -> None:
    """«Наш разговор не может быть продолжен» bears «может быть», «Балким, мен Сизге…» «балким»."""
    steps = bundled().steps.values()
    said = [w.text for step in steps if step.say for of in step.say.wordings.values() for w in of]
    told = [text for step in steps for text in step.do.values()]
    assert {text: found for text in (*said, *told) if (found := marked(text))} == {}


@pytest.mark.parametrize("offending", [OFFENDING, MORE_OFFENDING, THIRD_OFFENDING], ids=["1", "2", "3"])
def test_what_the_standard_forbids_is_found(offending: list[str]) -> None:
    missed = [line for line in offending if line.split("|")[0] not in marked(line.split("|")[1])]
    assert len(missed) <= 0.05 * len(offending), missed


@pytest.mark.parametrize("harmless", [HARMLESS, MORE_HARMLESS, THIRD_HARMLESS], ids=["1", "2", "3"])
def test_what_may_be_said_is_left_alone(harmless: list[str]) -> None:
    alarms = [line for line in harmless if marked(line)]
    assert len(alarms) <= 0.04 * len(harmless), alarms
