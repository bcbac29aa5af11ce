--[[ long
]] x = 1 --[==[ ]] ]==] --[ short
-- last