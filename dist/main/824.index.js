"use strict";
exports.id = 824;
exports.ids = [824];
exports.modules = {

/***/ 824:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readOtherScheme: () => (/* binding */ readOtherScheme)
/* harmony export */ });
/* harmony import */ var _given_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(825);
/* harmony import */ var _uri_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6014);


const SCHEMES = new Map([
    ['pgsql', 'PHP\u2019s'],
    ['pdo-pgsql', 'Doctrine\u2019s'],
    ['pdo_pgsql', 'Doctrine\u2019s'],
    ['postgis', 'GeoDjango\u2019s'],
    ['psql', 'django-environ\u2019s'],
    ['ecto', 'Ecto\u2019s'],
    ['psycopg2', 'a library\u2019s'],
]);
const readOtherScheme = (text, scheme) => {
    const rest = text.slice(scheme.length);
    const driver = /^postgres(?:ql)?\+([a-z\d_]+)$/.exec(scheme)?.[1];
    if (driver !== undefined) {
        const [before, query] = (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(rest, '?');
        const said = (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .readConninfo */ .Jn)(`postgresql${before}${query === undefined ? '' : `?${query.replaceAll('+', '%20')}`}`);
        return (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .note */ .N4)(said, `\`connection-string\` names the driver \`${driver}\`, as SQLAlchemy writes it; read as postgresql://.`);
    }
    if (scheme === 'postgres' || scheme === 'postgresql') {
        return (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .note */ .N4)((0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .readConninfo */ .Jn)(`${scheme}${rest}`), '`connection-string` has its scheme in capitals, which libpq refuses; read as postgresql://.');
    }
    const owner = SCHEMES.get(scheme);
    if (owner !== undefined) {
        return (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .note */ .N4)((0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .readConninfo */ .Jn)(`postgresql${rest}`), `\`connection-string\` begins with ${owner} \`${scheme}://\`; read as postgresql://.`);
    }
    throw (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)(...OTHER(scheme));
};
const OTHER = (scheme) => {
    if (/^prisma(\+postgres)?$/.test(scheme)) {
        return [
            'is an address of Prisma Accelerate, which is a proxy for Prisma alone and no Postgres connection',
            'Give the database\u2019s own postgresql:// string, the one that `DIRECT_URL` holds.',
        ];
    }
    if (/^https?$/.test(scheme))
        return ['is the address of a web page, not of a database', _given_js__WEBPACK_IMPORTED_MODULE_0__/* .COPY_AGAIN */ .DI];
    if (/^(mysql|mariadb|mongodb(\+srv)?|redis|rediss|sqlserver|mssql|sqlite|file|libsql|cockroachdb)$/.test(scheme)) {
        return [
            `begins with \`${scheme}://\`, which is another kind of database`,
            'Give the secret that holds the Postgres connection.',
        ];
    }
    return ['begins with a scheme that is not Postgres\u2019s', _given_js__WEBPACK_IMPORTED_MODULE_0__/* .COPY_AGAIN */ .DI];
};


/***/ })

};
;