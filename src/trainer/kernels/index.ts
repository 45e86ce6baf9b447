// The kernels that the trainer calls. They allocate nothing: every address is the caller's, on the heap of tfjs.
export { activate, applySlope, times } from './activation';
export { average, adam, sumSquares } from './optimiser';
export { crossEntropy, softmax, softmaxSlope, squaredError } from './losses';
export { gather, marginals, mix, normals, timeFeatures } from './batch';
export { product, productScratch, productTransposed, transposedProduct } from './multiply';
export { backward, forward, networkSpace } from './network';
