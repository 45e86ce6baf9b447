/** Stands in the bundles for node-fetch, which tfjs asks for where node has no fetch of its own: it always has. */
throw new Error('node-fetch is not part of the bundle: tfjs was to use the fetch of node');

export {};
