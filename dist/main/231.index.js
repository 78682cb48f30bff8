export const id = 231;
export const ids = [231];
export const modules = {

/***/ 4231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   judgeForeign: () => (/* binding */ judgeForeign)
/* harmony export */ });
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7658);
/* harmony import */ var _problems_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7632);
/* harmony import */ var _foreign_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8045);
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(685);




const judgeForeign = (said) => [...said.foreign].flatMap(([name, value]) => {
    if (_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .FOREIGN */ .n[name] === undefined && !_parameters_js__WEBPACK_IMPORTED_MODULE_2__/* .PARAMETERS */ .z7.some(({ keyword }) => keyword === name))
        throw unknown(name, said);
    const atLeast = (0,_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .askedMode */ .E)(name, value);
    return atLeast === undefined ? [] : [{ name, atLeast, why: 'asks for TLS' }];
});
const unknown = (name, { parameters, foreign }) => {
    const texts = [...parameters.values(), ...foreign.keys(), ...foreign.values()];
    const whole = parameters.has('user') && !texts.some((text) => text.includes('@'));
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(name, [..._parameters_js__WEBPACK_IMPORTED_MODULE_2__/* .PARAMETERS */ .z7.map(({ keyword }) => keyword), ...Object.keys(_foreign_js__WEBPACK_IMPORTED_MODULE_1__/* .FOREIGN */ .n)]);
    return new _problems_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A('invalid-connection-string', {
        what: whole && /^[\w.-]{1,40}$/.test(name)
            ? `has the parameter \`${name}\`, which nobody knows`
            : 'has a parameter that nobody knows',
        fix: near === undefined
            ? 'Take it out; if it belongs to the password, percent-encode the password.'
            : `Did you mean \`${near}\`?`,
    });
};


/***/ })

};
