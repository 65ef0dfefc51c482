// amis brings its own English; weeks begin on Monday here all the same.
"use strict";
amisRequire("moment").updateLocale("en", {week: {dow: 1, doy: 4}});
