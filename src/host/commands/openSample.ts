import * as vscode from 'vscode';
import { samples, sampleText } from '../../core/experiment/samples';
import { rowOf } from '../../core/registry/parameters';
import { choose } from '../ask';
import { openUntitled } from '../untitled';
import type { CommandContext } from './commandContext';
import { say } from '../say';

/**
 * NoProp: Open Sample. Opens a sample as an unsaved experiment, on the tab that answers its question; asks which where
 * none is given. Answers its address; undefined where the user gave up.
 */
export async function openSample({ labs }: CommandContext, id?: string): Promise<vscode.Uri | undefined> {
  const sample = typeof id === 'string' ? rowOf('sample', samples, id) : await pickSample();
  if (!sample) return undefined;
  const uri = await openUntitled(sampleText(sample));
  labs.show(sample.tab, false);
  return uri;
}

async function pickSample() {
  const items = samples.map((sample, i) => ({
    label: `${i + 1}. ${sample.title}`,
    detail: sample.summary,
    sample,
  }));
  const choice = await choose(items, {
    title: say`Open Sample`,
    placeHolder: say`Choose a question`,
  });
  return choice?.sample;
}
