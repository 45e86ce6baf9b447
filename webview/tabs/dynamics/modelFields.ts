import type { OwnModelEntry } from '../../../src/core/denoisers/entry';
import { choiceField } from '../../controls/choiceField';
import { parameterField } from '../../controls/parameterField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

/** The settings of a model of the reader. */
export const modelFields = (editing: Editing, { id }: OwnModelEntry): unknown[] => [
  textField(editing, ['denoiser', 'file']),
  textField(editing, ['denoiser', id === 'python' ? 'function' : 'x']),
  choiceField(editing, ['denoiser', 'prediction']),
  parameterField(editing, ['denoiser', 'dimension']),
  parameterField(editing, ['denoiser', 'timeout']),
];
