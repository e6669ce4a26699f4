export const id = 817;
export const ids = [817];
export const modules = {

/***/ 5817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   startRunner: () => (/* binding */ startRunner)
/* harmony export */ });
/* harmony import */ var _anthropic_ai_sdk_client__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2003);
/* harmony import */ var _anthropic_ai_sdk_resources_beta_messages_messages__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3369);


/**
 * The SDK's client with the one resource that is used: the whole client is a megabyte more in every bundle that calls a
 * model. Loaded lazily (`await import`), so that an action pays for it only once a model is called.
 */
class MessagesClient extends _anthropic_ai_sdk_client__WEBPACK_IMPORTED_MODULE_0__/* .BaseAnthropic */ .q {
    // The tool runner looks for its messages here.
    beta = { messages: new _anthropic_ai_sdk_resources_beta_messages_messages__WEBPACK_IMPORTED_MODULE_1__/* .Messages */ .B2(this) };
}
/** Starts the SDK's tool runner; no request is made before it is iterated. */
function startRunner(options, parameters, signal) {
    const client = new MessagesClient(options);
    return client.beta.messages.toolRunner(parameters, signal === undefined ? {} : { signal });
}


/***/ })

};
