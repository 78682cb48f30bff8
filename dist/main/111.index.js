"use strict";
exports.id = 111;
exports.ids = [111];
exports.modules = {

/***/ 2111:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   skip: () => (/* binding */ skip)
/* harmony export */ });
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5557);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4076);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(934);



const skip = (reason) => {
    _log_js__WEBPACK_IMPORTED_MODULE_1__/* .notice */ .lm(`Skipped, as \`on-missing: skip\` asks: ${reason.what}. The output \`available\` is false.`);
    (0,_files_js__WEBPACK_IMPORTED_MODULE_0__/* .writeJob */ .Pg)({
        outputs: new Map([['available', 'false']]),
        summary: (0,_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .summary */ .z)([(0,_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .heading */ .R_)('No Postgres connection in this run'), `<p>Skipped, as <code>on-missing: skip</code> asks.</p>`]),
    });
};


/***/ })

};
;