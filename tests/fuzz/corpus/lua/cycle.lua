t = {} t.t = t
return t, setmetatable(t, t)