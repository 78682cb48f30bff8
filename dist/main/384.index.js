"use strict";
exports.id = 384;
exports.ids = [384];
exports.modules = {

/***/ 1384:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readJson: () => (/* binding */ readJson)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(793);
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8182);
/* harmony import */ var _given_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(825);



const NAMES = new Map([
    ['username', 'user'],
    ['role', 'user'],
    ['database', 'dbname'],
    ['db', 'dbname'],
    ['db_name', 'dbname'],
    ['hostname', 'host'],
    ['server', 'host'],
    ['pass', 'password'],
]);
const STRINGS = [
    'uri',
    'url',
    'connection_uri',
    'connection_string',
    'connectionString',
    'connectionUri',
    'database_url',
    'DATABASE_URL',
];
const BESIDE = new Set([
    'engine',
    'dbInstanceIdentifier',
    'dbClusterIdentifier',
    'resourceId',
    'masterarn',
    'proxy',
    'pooler_host',
]);
const readJson = async (text, read) => {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('begins like JSON but is none', 'Check the quotes and commas, or give the connection as one postgresql:// line.');
    }
    const object = asConnection(json);
    if (object === undefined)
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('is JSON, but not an object with a connection in it', _given_js__WEBPACK_IMPORTED_MODULE_1__/* .COPY_AGAIN */ .DI);
    if (typeof object.engine === 'string' && !/postgres/i.test(object.engine)) {
        throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('is a secret for another kind of database, by its `engine`', 'Give the secret of the Postgres database.');
    }
    const said = (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .given */ .gI)();
    const parts = new Map();
    const known = _parameters_js__WEBPACK_IMPORTED_MODULE_0__/* .PARAMETERS */ .z7.map((parameter) => parameter.keyword);
    for (const [key, value] of Object.entries(object)) {
        if (STRINGS.includes(key) || BESIDE.has(key) || value === null || value === '')
            continue;
        if (typeof value === 'object') {
            said.notices.push(`\`connection-string\` is JSON; its key \`${name(key)}\` is no part of a connection and was left aside.`);
            continue;
        }
        const keyword = NAMES.get(key) ?? key;
        if (known.includes(keyword))
            parts.set(keyword, String(value));
        else if (key === 'ssl' && value === true)
            parts.set('sslmode', 'require');
        else {
            const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(key, [...known, ...NAMES.keys(), ...STRINGS]);
            if (near !== undefined)
                throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)(`is JSON with the key \`${name(key)}\`, which nobody knows`, `Did you mean \`${near}\`?`);
            said.notices.push(`\`connection-string\` is JSON; its key \`${name(key)}\` is no part of a connection and was left aside.`);
        }
    }
    const whole = STRINGS.map((key) => object[key]).find((value) => typeof value === 'string' && value !== '');
    if (typeof whole !== 'string') {
        if (parts.size === 0)
            throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)('is a JSON object without a connection in it', _given_js__WEBPACK_IMPORTED_MODULE_1__/* .COPY_AGAIN */ .DI);
        return { ...said, parameters: parts };
    }
    const inner = await read(whole);
    for (const [keyword, value] of parts) {
        const other = inner.parameters.get(keyword);
        if (other !== undefined && other !== value) {
            throw (0,_given_js__WEBPACK_IMPORTED_MODULE_1__/* .refuse */ .TR)(`is JSON that says two different things about \`${keyword}\``, 'Leave one of them out: the URL\u2019s or the key\u2019s.');
        }
        inner.parameters.set(keyword, value);
    }
    return { ...inner, notices: [...said.notices, ...inner.notices] };
};
const isObject = (json) => typeof json === 'object' && json !== null && !Array.isArray(json);
const asConnection = (json) => {
    if (Array.isArray(json))
        return json.length === 1 ? asConnection(json[0]) : undefined;
    if (!isObject(json))
        return undefined;
    if (Array.isArray(json.connection_uris))
        return asConnection(json.connection_uris);
    if (isObject(json.connection_parameters))
        return { ...json.connection_parameters, connection_uri: json.connection_uri };
    return json;
};
const name = (key) => (/^[\w.-]{1,40}$/.test(key) ? key : '\u2026');


/***/ })

};
;