x = 1
error("")
