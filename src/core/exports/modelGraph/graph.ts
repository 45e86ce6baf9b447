/** What a node of a graph does: ONNX's names, for what TensorFlow has too. All broadcast as NumPy does. */
export type GraphOp =
  | 'Abs'
  | 'Add'
  | 'ArgMax'
  | 'ArgMin'
  | 'Cast'
  | 'Concat'
  | 'Cos'
  | 'Equal'
  | 'Gather'
  | 'Identity'
  | 'IsNaN'
  | 'MatMul'
  | 'Mul'
  | 'ReduceMean'
  | 'Relu'
  | 'Reshape'
  | 'Sigmoid'
  | 'Sin'
  | 'Softmax'
  | 'Sub'
  | 'Tanh'
  | 'Where';

/** The name of a value: an input, a constant, or what a node gives. Without blanks, which TensorFlow does not take. */
export type Value = string;

/** One operation. `axis` is that of those which have one; `keep` leaves an axis of length 1 where ArgMax took it. */
export interface GraphNode {
  readonly op: GraphOp;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly axis?: number | undefined;
  readonly keep?: boolean | undefined;
}

/** Numbers in a graph: float32, or whole numbers, which ONNX has as int64 and TensorFlow as int32. Row-major. */
export interface GraphConstant {
  readonly name: Value;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** An input or output: a name in its shape is a length that a caller chooses. */
export interface GraphPort {
  readonly name: Value;
  readonly type: 'float' | 'whole';
  readonly shape: readonly (number | string)[];
  readonly about: string;
}

/** Operations in the order in which they can be done. */
export interface Graph {
  readonly name: string;
  readonly about: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly constants: readonly GraphConstant[];
  readonly nodes: readonly GraphNode[];
}

/** Puts a graph together, node after node. */
export class GraphBuilder {
  private readonly constants = new Map<Value, GraphConstant>();
  private readonly nodes: GraphNode[] = [];
  private readonly inputs: GraphPort[] = [];
  private readonly outputs: GraphPort[] = [];

  input(port: GraphPort): Value {
    this.inputs.push(port);
    return port.name;
  }

  /** Numbers under a name of their own. */
  constant(name: Value, shape: readonly number[], data: Float32Array | Int32Array): Value {
    this.constants.set(name, { name, shape, data });
    return name;
  }

  /** One number, kept once however often it is needed. */
  scalar(value: number): Value {
    const name = `number_${Math.fround(value)}`;
    return this.constants.has(name) ? name : this.constant(name, [], Float32Array.of(value));
  }

  /** One whole number, or a list of them. */
  whole(value: number | readonly number[]): Value {
    const list = typeof value === 'number' ? [value] : value;
    const name = `${typeof value === 'number' ? 'place' : 'shape'}_${list.join('_')}`;
    return this.constants.has(name)
      ? name
      : this.constant(name, typeof value === 'number' ? [] : [list.length], Int32Array.from(list));
  }

  add(op: GraphOp, inputs: readonly Value[], { axis, keep }: Pick<GraphNode, 'axis' | 'keep'> = {}): Value {
    const output = `${op}_${this.nodes.length + 1}`;
    this.nodes.push({ op, inputs, output, axis, keep });
    return output;
  }

  /** Gives a value out, under the port's name. */
  output(value: Value, port: GraphPort): void {
    this.nodes.push({ op: 'Identity', inputs: [value], output: port.name });
    this.outputs.push(port);
  }

  graph(name: string, about: string): Graph {
    const { inputs, outputs, nodes } = this;
    return { name, about, inputs, outputs, nodes, constants: [...this.constants.values()] };
  }
}
