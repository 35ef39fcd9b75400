/** Which other nodes each node is joined to, without itself. */
export type Adjacency = readonly (readonly number[])[];

/**
 * A fill-reducing order of elimination: repeatedly the node with fewest neighbours, on the quotient graph, where an
 * eliminated node stands for the clique it leaves behind (George and Liu 1989; degrees are bounded above by the sum of
 * clique sizes, as in Gilbert, Moler and Schreiber 1992, rather than counted).
 */
export function minimumDegree(adjacency: Adjacency): Int32Array {
  const n = adjacency.length;
  const nodes = adjacency.map((list) => [...new Set(list)]);
  const cliquesOf: number[][] = nodes.map(() => []);
  const clique: (number[] | undefined)[] = new Array(n).fill(undefined);
  const eliminated = new Uint8Array(n);
  const mark = new Int32Array(n).fill(-1);
  const queue = createBuckets(nodes.map((list) => list.length));
  const order = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const pivot = queue.takeLeast();
    order[k] = pivot;
    eliminated[pivot] = 1;
    mark[pivot] = k;
    const members: number[] = [];
    const collect = (list: readonly number[]) => {
      for (const i of list) {
        if (mark[i] === k || eliminated[i]) continue;
        mark[i] = k;
        members.push(i);
      }
    };
    collect(nodes[pivot]!);
    for (const c of cliquesOf[pivot]!) {
      collect(clique[c]!);
      clique[c] = undefined; // Absorbed by the new clique.
    }
    clique[pivot] = members;
    for (const i of members) {
      nodes[i] = nodes[i]!.filter((j) => mark[j] !== k && !eliminated[j]);
      cliquesOf[i] = cliquesOf[i]!.filter((c) => clique[c] !== undefined);
      cliquesOf[i]!.push(pivot);
      let degree = nodes[i]!.length;
      for (const c of cliquesOf[i]!) degree += clique[c]!.length - 1;
      queue.update(i, Math.min(degree, n - k - 1));
    }
  }
  return order;
}

/** Nodes by degree. An update leaves the old entry behind; it is recognised as stale when it comes up. */
function createBuckets(degrees: number[]) {
  const buckets: number[][] = [];
  const taken = new Uint8Array(degrees.length);
  const put = (node: number, degree: number) => {
    while (buckets.length <= degree) buckets.push([]);
    buckets[degree]!.push(node);
  };
  // Pushed from the last, so that equal degrees come off in the order of the nodes.
  for (let i = degrees.length - 1; i >= 0; i--) put(i, degrees[i]!);
  let least = 0;
  return {
    update(node: number, degree: number) {
      if (degrees[node] === degree) return;
      degrees[node] = degree;
      put(node, degree);
      least = Math.min(least, degree);
    },
    takeLeast(): number {
      for (;;) {
        const node = buckets[least]!.pop();
        if (node === undefined) least++;
        else if (!taken[node] && degrees[node] === least) {
          taken[node] = 1;
          return node;
        }
      }
    },
  };
}
