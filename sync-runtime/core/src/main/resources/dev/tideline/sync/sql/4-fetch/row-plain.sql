SELECT {{columns}} FROM {{table}} r WHERE {{condition}}
