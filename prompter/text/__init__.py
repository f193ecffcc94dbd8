"""Letters and numbers: safe text, keyboard layouts, phone numbers, durations. Imports nothing of ours."""
