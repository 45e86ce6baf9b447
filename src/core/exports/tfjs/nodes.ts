import type { Graph, GraphConstant, GraphNode, GraphOp, GraphPort } from '../modelGraph/graph';

/** A node as TensorFlow's graphs have it, in JSON. */
interface TensorFlowNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, object>>;
}

const FLOAT = { type: 'DT_FLOAT' };

/** TensorFlow's names of operators; those with an axis take it as a last input. */
const OPS: Partial<Record<GraphOp, string>> = {
  Abs: 'Abs',
  Add: 'AddV2',
  ArgMin: 'ArgMin',
  Concat: 'ConcatV2',
  Cos: 'Cos',
  Gather: 'GatherV2',
  Identity: 'Identity',
  IsNaN: 'IsNan',
  MatMul: 'BatchMatMulV2',
  Mul: 'Mul',
  Relu: 'Relu',
  Reshape: 'Reshape',
  Sigmoid: 'Sigmoid',
  Sin: 'Sin',
  Softmax: 'Softmax',
  Sub: 'Sub',
  Tanh: 'Tanh',
  Where: 'SelectV2',
};

/** What an operator is told beside its inputs. */
function attributesOf({ op, inputs }: GraphNode): Readonly<Record<string, object>> {
  if (op === 'Concat') return { T: FLOAT, N: { i: String(inputs.length) } };
  if (op === 'MatMul') return { T: FLOAT, adj_x: { b: false }, adj_y: { b: false } };
  return { T: FLOAT };
}

const axisName = (axis: number) => `axis_${axis}`;

/** Softmax has no axis in TensorFlow: it is always the last. */
const axisOf = ({ op, axis }: GraphNode) => (op === 'Softmax' ? undefined : axis);

/** The constants that stand for the axes of a graph's nodes. */
export function axisConstants({ nodes }: Graph): GraphConstant[] {
  const axes = new Set(nodes.map(axisOf).filter((axis) => axis !== undefined));
  return Array.from(axes, (axis) => ({ name: axisName(axis), shape: [], data: Int32Array.of(axis) }));
}

const constantNode = ({ name, data }: GraphConstant): TensorFlowNode => ({
  name,
  op: 'Const',
  attr: { dtype: data instanceof Float32Array ? FLOAT : { type: 'DT_INT32' } },
});

const inputNode = ({ name, shape }: GraphPort): TensorFlowNode => ({
  name,
  op: 'Placeholder',
  attr: {
    dtype: FLOAT,
    shape: { shape: { dim: shape.map((length) => ({ size: String(typeof length === 'number' ? length : -1) })) } },
  },
});

/** The nodes of a graph whose constants include those of its axes. An Error where TensorFlow.js has no such node here. */
export function tensorFlowNodes({ inputs, constants, nodes }: Graph): TensorFlowNode[] {
  const made = nodes.map((node): TensorFlowNode => {
    const op = OPS[node.op];
    if (!op) throw new Error(`${node.op} is not written for TensorFlow.js`);
    const axis = axisOf(node);
    const input = axis === undefined ? node.inputs : [...node.inputs, axisName(axis)];
    return { name: node.output, op, input, attr: attributesOf(node) };
  });
  return [...inputs.map(inputNode), ...constants.map(constantNode), ...made];
}
