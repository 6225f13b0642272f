/**
 * Requests for single objects that arrive together become one call for many, and a call for many can become two. The engine has only a few operations under
 * way at a time (four for each processor), and the topics of several communities come in any order.
 */
import DataLoader from "dataloader";

/**
 * How long the first request waits for others, in milliseconds: about as long as a call takes. Destroying 1,000 topics
 * of 5 communities took 11.4 s with 5 ms (hardly anything was shared, so the rate was the limit) and 8.1 s with 20.
 */
const BATCH_WINDOW_MS = 20;

/** Reads some objects by two calls, each for half of them. */
export async function readHalves<T>(
  ids: readonly string[],
  read: (half: readonly string[]) => Promise<ReadonlyMap<string, T> | undefined>,
): Promise<Map<string, T>> {
  const middle = Math.ceil(ids.length / 2);
  const halves = await Promise.all([ids.slice(0, middle), ids.slice(middle)].map(read));
  return new Map(halves.flatMap((half) => [...(half ?? [])]));
}

/**
 * A function for one id of a scope (the community, for topics), which sends requests for up to `most` ids as one call:
 * at once when that many wait, or else when the window is over.
 *
 * @param send Makes one call. For each id it gives the result, or the error to fail with.
 */
export function batched<R>(
  most: number,
  send: (scope: string, ids: readonly string[]) => Promise<(id: string) => R | Error>,
): (scope: string, id: string) => Promise<R> {
  const loaders = new Map<string, (id: string) => Promise<R>>();
  const loaderOf = (scope: string): ((id: string) => Promise<R>) => {
    const load = batchLoader(most, (ids) => send(scope, ids));
    loaders.set(scope, load);
    return load;
  };
  return (scope, id) => (loaders.get(scope) ?? loaderOf(scope))(id);
}

function batchLoader<R>(
  most: number,
  send: (ids: readonly string[]) => Promise<(id: string) => R | Error>,
): (id: string) => Promise<R> {
  let waiting = 0;
  let sendNow = (): void => {};
  const loader = new DataLoader<string, R>(async (ids) => ids.map(await send([...new Set(ids)])), {
    maxBatchSize: most,
    // The loader calls this for the first id of each batch.
    batchScheduleFn: (dispatch) => {
      const timer = setTimeout(dispatch, BATCH_WINDOW_MS);
      waiting = 0;
      sendNow = () => {
        clearTimeout(timer);
        dispatch();
      };
    },
    // Every request is sent: nothing here knows how long an answer stays true.
    cache: false,
  });
  return (id) => {
    const answer = loader.load(id);
    if (++waiting === most) sendNow();
    return answer;
  };
}
