/** Takes the place of node-fetch in the bundles. tfjs would need that only where node has no fetch of its own. */
throw new Error('node-fetch is not part of the bundle: tfjs should use the fetch of node');

export {};
