import type * as vscode from 'vscode';
import { newExperiment as template } from '../../core/experiment/experiment';
import { openUntitled } from '../untitled';

/** NoProp: New Experiment. Opens an unsaved experiment in the lab; answers its address. */
export const newExperiment = (): Promise<vscode.Uri> => openUntitled(JSON.stringify(template(), null, 2) + '\n');
