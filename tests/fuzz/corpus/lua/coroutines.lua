local c = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
return c(), c(), c()