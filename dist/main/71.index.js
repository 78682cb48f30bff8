"use strict";
exports.id = 71;
exports.ids = [71];
exports.modules = {

/***/ 5071:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readJdbc: () => (/* binding */ readJdbc)
/* harmony export */ });
/* harmony import */ var _given_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(825);
/* harmony import */ var _uri_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6014);


const NAMES = new Map([
    ['user', 'user'],
    ['password', 'password'],
    ['sslmode', 'sslmode'],
    ['sslrootcert', 'sslrootcert'],
    ['sslcert', 'sslcert'],
    ['sslkey', 'sslkey'],
    ['sslpassword', 'sslpassword'],
    ['sslNegotiation', 'sslnegotiation'],
    ['channelBinding', 'channel_binding'],
    ['requireAuth', 'require_auth'],
    ['gssEncMode', 'gssencmode'],
    ['options', 'options'],
    ['ApplicationName', 'application_name'],
    ['connectTimeout', 'connect_timeout'],
    ['PGHOST', 'host'],
    ['PGPORT', 'port'],
    ['PGDBNAME', 'dbname'],
]);
const SERVER_TYPES = new Map([
    ['any', 'any'],
    ['master', 'primary'],
    ['primary', 'primary'],
    ['slave', 'standby'],
    ['secondary', 'standby'],
    ['preferSlave', 'prefer-standby'],
    ['preferSecondary', 'prefer-standby'],
]);
const readJdbc = (text) => {
    const [address, query] = (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(text.slice('jdbc:'.length), '?');
    if (!/^postgresql:/.test(address)) {
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)('is a jdbc: URL of another database', 'Give the URL that begins with jdbc:postgresql:// or postgresql://.');
    }
    const said = address.startsWith('postgresql://') ? (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .readConninfo */ .Jn)(address) : (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .given */ .gI)();
    for (const pair of (query ?? '').split('&')) {
        if (pair === '')
            continue;
        const [name, raw] = (0,_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(pair, '=');
        const value = decodeForm(raw ?? '');
        const keyword = NAMES.get(name);
        if (keyword !== undefined && value === '')
            continue;
        if (keyword !== undefined)
            said.parameters.set(keyword, value);
        else if (name === 'targetServerType' && SERVER_TYPES.has(value)) {
            said.parameters.set('target_session_attrs', SERVER_TYPES.get(value));
        }
        else
            said.foreign.set(name, value);
    }
    const notices = [`\`connection-string\` is a jdbc: URL; read as postgresql://.`];
    if (address.includes('@'))
        notices.push('Its `user:password@` is not read by pgJDBC itself; name the client `jdbc` to get a URL that is.');
    return notices.reduceRight(_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .note */ .N4, said);
};
const decodeForm = (text) => {
    try {
        return decodeURIComponent(text.replaceAll('+', '%20'));
    }
    catch {
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)('has a `%` in its query that is not followed by two hexadecimal digits', 'Write a `%` that is meant as itself as %25.');
    }
};


/***/ })

};
;