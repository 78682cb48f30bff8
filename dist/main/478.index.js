"use strict";
exports.id = 478;
exports.ids = [478];
exports.modules = {

/***/ 1478:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   certificateBlocks: () => (/* binding */ certificateBlocks),
/* harmony export */   checkCertificates: () => (/* binding */ checkCertificates)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_tls__WEBPACK_IMPORTED_MODULE_1__);


function checkCertificates(trust) {
    return checkRoots(trust.ca) ?? checkClient(trust) ?? checkRevocations(trust.crl);
}
function certificateBlocks(pem) {
    return pem.match(/-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/g) ?? [];
}
function checkRoots(ca) {
    if (ca === undefined)
        return undefined;
    const fix = 'Give the CA certificate as PEM text (`-----BEGIN CERTIFICATE-----` \u2026), or the path of a file that holds it.';
    const blocks = certificateBlocks(ca);
    if (blocks.length === 0)
        return { keyword: 'sslrootcert', what: `holds no certificate${instead(ca)}`, fix };
    for (const [index, block] of blocks.entries()) {
        const certificate = readCertificate(block);
        const which = blocks.length > 1 ? `whose certificate number ${index + 1}` : 'whose certificate';
        if (!certificate)
            return { keyword: 'sslrootcert', what: `holds a PEM text ${which} cannot be read`, fix };
    }
    return undefined;
}
function checkClient({ cert, key, passphrase }) {
    if (cert === undefined && key === undefined)
        return undefined;
    if (cert === undefined)
        return { keyword: 'sslkey', what: 'was given without its certificate', fix: 'Give `sslcert` too, or neither.' };
    const first = certificateBlocks(cert)[0];
    const certificate = first === undefined ? undefined : readCertificate(first);
    if (!certificate)
        return {
            keyword: 'sslcert',
            what: first === undefined ? `holds no certificate${instead(cert)}` : 'holds a certificate that cannot be read',
            fix: 'Give the client certificate as PEM text, its own certificate first, then the intermediates.',
        };
    if (key === undefined)
        return { keyword: 'sslcert', what: 'was given without its key', fix: 'Give `sslkey`, the private key of that certificate.' };
    const read = readKey(key, passphrase);
    if ('keyword' in read)
        return read;
    if (!certificate.checkPrivateKey(read))
        return {
            keyword: 'sslkey',
            what: 'does not belong to the certificate in `sslcert`',
            fix: 'Give the key that the certificate was made for; when the certificate was renewed, both have to be replaced.',
        };
    return undefined;
}
function readKey(pem, passphrase) {
    const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
    if (encrypted && passphrase === undefined)
        return {
            keyword: 'sslkey',
            what: 'is encrypted, and no passphrase was given',
            fix: 'Add `sslpassword=\u2026` to the connection string, or store the key without a passphrase (`openssl pkey -in key.pem -out plain.pem`).',
        };
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
        return {
            keyword: 'sslkey',
            what: `holds no private key${instead(pem)}`,
            fix: 'Give the private key of the client certificate as PEM text.',
        };
    try {
        return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)(passphrase === undefined ? pem : { key: pem, passphrase });
    }
    catch {
        if (encrypted)
            return {
                keyword: 'sslpassword',
                what: 'does not decrypt the key in `sslkey`',
                fix: 'Give the passphrase that the key was encrypted with, or store the key without one.',
            };
        return {
            keyword: 'sslkey',
            what: 'holds a private key that cannot be read',
            fix: 'Copy the whole file into the secret, line breaks included, from `-----BEGIN` to `-----END \u2026-----`.',
        };
    }
}
function checkRevocations(crl) {
    if (crl === undefined)
        return undefined;
    const fault = {
        keyword: 'sslcrl',
        what: `holds no certificate revocation list${instead(crl)}`,
        fix: 'Give the list as PEM text (`-----BEGIN X509 CRL-----` \u2026).',
    };
    if (!/-----BEGIN X509 CRL-----/.test(crl))
        return fault;
    try {
        (0,node_tls__WEBPACK_IMPORTED_MODULE_1__.createSecureContext)({ crl });
        return undefined;
    }
    catch {
        return { ...fault, what: 'holds a revocation list that cannot be read' };
    }
}
function readCertificate(pem) {
    try {
        return new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem);
    }
    catch {
        return undefined;
    }
}
function instead(text) {
    const found = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1];
    if (found)
        return ` but ${/^[AEIOUX]/.test(found) ? 'an' : 'a'} ${found}`;
    return text.trim() === '' ? '; it is empty' : '';
}


/***/ })

};
;