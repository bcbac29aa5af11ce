a = b<=c and d~=e or f==g // h<<i>>j | k & ~l .. m
::top:: goto top
local z <const>, w <close> = 1, nil
