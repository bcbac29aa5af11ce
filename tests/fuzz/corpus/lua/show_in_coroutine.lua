coroutine.wrap(function(a, b, c, e) show(e) show(d) end)(1, 2, 3, {4})
