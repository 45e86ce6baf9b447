import { receiveMessageOnPort } from 'node:worker_threads';
import { ModelError, type ModelAnswer, type ModelLineEnds, type ModelQuestion } from './modelMessages';

/** The end of the line at which a thread waits for answers: it does nothing else meanwhile. */
export class ModelLine {
  constructor(private readonly ends: ModelLineEnds) {}

  /** What the model answers, n x dimension; a ModelError where it does not. */
  ask(question: ModelQuestion): Float32Array {
    const { port, flag } = this.ends;
    Atomics.store(flag, 0, 0);
    port.postMessage(question);
    // an answer that came before the wait for it may wake the next wait
    while (Atomics.load(flag, 0) === 0) Atomics.wait(flag, 0, 0);
    const answer = (receiveMessageOnPort(port) as { readonly message: ModelAnswer } | undefined)?.message;
    if (!answer) throw new ModelError('the thread that talks to the model is gone', 'closed');
    if ('given' in answer) return answer.given;
    throw new ModelError(answer.message, answer.code);
  }
}

/** Answers what is asked at the other end of a line, always. */
export function answerLine(
  { port, flag }: ModelLineEnds,
  answer: (question: ModelQuestion) => Promise<ModelAnswer>,
): void {
  port.on('message', (question: ModelQuestion) => {
    void answer(question).then((made) => {
      port.postMessage(made);
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
    });
  });
}
