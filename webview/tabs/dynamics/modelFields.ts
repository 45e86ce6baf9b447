import { choiceField } from '../../controls/choiceField';
import { parameterField } from '../../controls/parameterField';
import { textField } from '../../controls/textField';
import type { Editing } from '../../state/editing';

/** The settings of a model in Python. */
export const modelFields = (editing: Editing): unknown[] => [
  textField(editing, ['denoiser', 'file']),
  textField(editing, ['denoiser', 'function']),
  choiceField(editing, ['denoiser', 'prediction']),
  parameterField(editing, ['denoiser', 'dimension']),
  parameterField(editing, ['denoiser', 'timeout']),
];
