SELECT {{columns}}, true AS present FROM {{table}} r WHERE {{condition}}
