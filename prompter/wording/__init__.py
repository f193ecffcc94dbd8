"""Words that the screen and the command line share: promises, search results, the handbook. No Textual."""
