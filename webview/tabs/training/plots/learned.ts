import { html, type TemplateResult } from 'lit';
import { explanations } from '../../../../src/core/reference/explanations';
import { principalAxes } from '../../../../src/core/math/pca';
import type { Boundary, Trajectories } from '../../../../src/core/runs/results';
import type { Store } from '../../../state/store';
import { fade, type Theme } from '../../../plot/theme';
import type { Card } from '../../../pictures/card';
import { fillCell } from '../../../pictures/cells';
import { colorOf } from '../../../pictures/colors';
import { memo } from '../../../pictures/memo';
import type { Picture, Series, Side } from '../../../pictures/picture';
import { pathPicture, predictionPicture } from './regression';
import { boundaryNumbers } from './runNumbers';

/** What a run learned: its decision boundary or its predictions, and the paths of test rows. */
export function learnedCards(store: Store): () => Card[] {
  const [boundary, trajectories] = [memo(boundaryPicture), memo(trajectoryPicture)];
  const [predictions, ways] = [memo(predictionPicture), memo(pathPicture)];
  /** The step of the boundary that is shown; the last unless one was chosen. */
  let moment: number | undefined;

  const momentOf = (last: number): TemplateResult =>
    html`<label class="moment"
      ><span>t</span
      ><input
        type="range"
        aria-label="Time of the boundary"
        min="0"
        max=${last}
        .value=${String(Math.min(moment ?? last, last))}
        @input=${({ target }: Event) => {
          moment = Number((target as HTMLInputElement).value);
          store.changed();
        }}
    /></label>`;

  return () => {
    const { theme, study } = store;
    const value = study.results.value;
    if (!value) return [];
    const { boundary: map, evaluation, trajectories: paths } = value;
    const at = map ? Math.min(moment ?? Infinity, map.times.length - 1) : 0;
    return [
      ...(map
        ? [
            {
              id: 'boundary',
              title: 'Decision boundary',
              about:
                map.times.length > 1
                  ? `The class nearest the state at t = ${map.times[at]!.toFixed(2)}.`
                  : 'The class that is answered.',
              picture: boundary(map, at, theme),
              ...(map.times.length > 1 && { choice: momentOf(map.times.length - 1) }),
              explanations: [explanations.boundary],
              numbers: () => boundaryNumbers(map, at),
              tall: true,
            },
          ]
        : []),
      ...(evaluation?.targets
        ? [
            {
              id: 'predictions',
              title: 'Predictions',
              about: `${evaluation.rows} test rows, in the target’s own unit.`,
              picture: predictions(evaluation, study.run!.data.features, theme),
              explanations: [explanations.predictions],
              tall: true,
            },
          ]
        : []),
      ...(paths?.targets
        ? [
            {
              id: 'trajectories',
              title: 'Test rows on their way',
              about: 'The state of each row from noise to t = 1, in the target’s own unit, and the true values.',
              picture: ways(paths, theme),
              explanations: [explanations.ways],
              tall: true,
            },
          ]
        : []),
      ...(paths && !paths.targets
        ? [
            {
              id: 'trajectories',
              title: 'Test rows in the embedding',
              about: 'From noise to their class’ embedding, a square; by true class, and wrong ones end in a cross.',
              picture: trajectories(paths, theme),
              explanations: [explanations.trajectories],
              tall: true,
              wide: !map,
            },
          ]
        : []),
    ];
  };
}

function boundaryPicture(
  { xRange, yRange, size, labels, classes, features }: Boundary,
  moment: number,
  theme: Theme,
): Picture {
  const [x, y] = [xRange, yRange].map(
    ([low, high]) =>
      (i: number) =>
        low + ((high - low) * i) / (size - 1),
  ) as [(i: number) => number, (i: number) => number];
  return {
    x: { title: features[0]!, range: xRange },
    y: { title: features[1]!, range: yRange },
    series: classes.map((label, k) => ({ label, x: [], y: [], color: colorOf(theme, k) })),
    under({ ctx, at }) {
      for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++) {
          const [left, bottom] = at(x(column - 0.5), y(row - 0.5));
          const [right, top] = at(x(column + 0.5), y(row + 0.5));
          ctx.fillStyle = fade(colorOf(theme, labels[(moment * size + row) * size + column]!), 0.4);
          fillCell(ctx, left, top, right, bottom);
        }
    },
  };
}

function trajectoryPicture(
  { states, times, rows, dimension: m, embeddings, truth, labels, classes }: Trajectories,
  theme: Theme,
): Picture {
  const { mean, axes } = principalAxes(Float64Array.from(embeddings), m, 2);
  const project = (read: (j: number) => number, axis: number) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += (read(j) - mean[j]!) * axes[axis * m + j]!;
    return sum;
  };
  const count = times.length;
  const homes = classes.map((label, k): Series => {
    const [x, y] = [0, 1].map((axis) => [project((j) => embeddings[k * m + j]!, axis)]) as [number[], number[]];
    return { label, x, y, color: colorOf(theme, k), marker: 'square', line: false, guide: true };
  });
  const paths = Array.from({ length: rows }, (_, row): Series[] => {
    const at = (axis: number) => Array.from(times, (_t, k) => project((j) => states[(row * count + k) * m + j]!, axis));
    const [x, y] = [at(0), at(1)];
    const look = { label: classes[truth[row]!]!, color: colorOf(theme, truth[row]!) };
    const right = truth[row] === labels[row];
    return [
      { ...look, x, y, width: 1, opacity: 0.6 },
      { ...look, x: x.slice(-1), y: y.slice(-1), marker: right ? 'circle' : 'cross', line: false, guide: true },
    ];
  });
  // the classes in their own order first, for the key
  const key = classes.map((label, k): Series => ({ label, x: [], y: [], color: colorOf(theme, k), guide: true }));
  const [x, y] = ['first axis of the class embeddings', 'second axis'].map((title) => ({ title })) as [Side, Side];
  return { x, y, series: [...key, ...paths.flat(), ...homes] };
}
