"""有哪些文件要入库？ Drop a file; the last ones with their state; what landed but does not show yet."""

from pages.parts import effect, handing_in

handing_in.look_after()
handing_in.header("有哪些文件要入库？")
handing_in.drop_zone()
handing_in.last_ones()
effect.show_effect()
