x = 1
error("on line 2")
