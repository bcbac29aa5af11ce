t = {}
for i = 1, 500 do t = {t} end
return t