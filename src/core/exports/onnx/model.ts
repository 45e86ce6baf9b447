import type { Graph, GraphConstant, GraphNode, GraphPort } from '../modelGraph/graph';
import { joined } from '../../files/bytes';
import { bytes, integer, message, text, type Bytes } from './protobuf';

/** The version of the file format, and that of the operators: of 2021, so that older runtimes read it too. */
const [IR_VERSION, OPSET] = [7, 13];

/** ONNX's numbers for types of elements. */
const [FLOAT, INT64] = [1, 7];

/** Types of attributes. */
const [INT, INTS] = [2, 7];

/** A model in ONNX's format (onnx.proto), with texts under keys of their own. */
export function onnxBytes(graph: Graph, metadata: Readonly<Record<string, string>>): Bytes {
  return joined([
    integer(1, IR_VERSION),
    text(2, 'NoProp Lab'),
    text(6, graph.about),
    message(7, graphFields(graph)),
    message(8, [text(1, ''), integer(2, OPSET)]),
    ...Object.entries(metadata).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
}

const graphFields = ({ name, about, inputs, outputs, constants, nodes }: Graph): Bytes[] => [
  ...nodes.map((node) => message(1, nodeFields(node))),
  text(2, name),
  ...constants.map((constant) => message(5, tensorFields(constant))),
  text(10, about),
  ...inputs.map((port) => message(11, portFields(port))),
  ...outputs.map((port) => message(12, portFields(port))),
];

const nodeFields = (node: GraphNode): Bytes[] => [
  ...node.inputs.map((name) => text(1, name)),
  text(2, node.output),
  text(3, node.output),
  text(4, node.op),
  ...attributesOf(node).map(([name, value]) =>
    message(
      5,
      Array.isArray(value)
        ? [text(1, name), ...value.map((one) => integer(8, one)), integer(20, INTS)]
        : [text(1, name), integer(3, value), integer(20, INT)],
    ),
  ),
];

/** What an operator is told beside its inputs. */
function attributesOf({ op, axis, keep }: GraphNode): [name: string, value: number | number[]][] {
  if (op === 'Cast') return [['to', FLOAT]];
  if (op === 'ReduceMean') return [['axes', [axis!]], ['keepdims', 0]]; // prettier-ignore
  const along: [string, number][] = axis === undefined ? [] : [['axis', axis]];
  return op === 'ArgMax' || op === 'ArgMin' ? [...along, ['keepdims', Number(keep ?? false)]] : along;
}

const tensorFields = ({ name, shape, data }: GraphConstant): Bytes[] => [
  ...shape.map((length) => integer(1, length)),
  integer(2, data instanceof Float32Array ? FLOAT : INT64),
  text(8, name),
  bytes(9, littleEndian(data)),
];

const portFields = ({ name, type, shape, about }: GraphPort): Bytes[] => [
  text(1, name),
  message(2, [
    message(1, [
      integer(1, type === 'float' ? FLOAT : INT64),
      message(
        2,
        shape.map((length) => message(1, [typeof length === 'number' ? integer(1, length) : text(2, length)])),
      ),
    ]),
  ]),
  text(3, about),
];

/** Numbers as ONNX keeps them, whatever the machine's own order of bytes. */
function littleEndian(data: Float32Array | Int32Array): Bytes {
  const whole = data instanceof Int32Array;
  const view = new DataView(new ArrayBuffer(data.length * (whole ? 8 : 4)));
  data.forEach((value, k) =>
    whole ? view.setBigInt64(8 * k, BigInt(value), true) : view.setFloat32(4 * k, value, true),
  );
  return new Uint8Array(view.buffer);
}
