/** Stands for a validator of JSON schemas that the SDK names, and that this server has no use for. */
export default class NoForms {}
