import { incidence, type LiveBranch } from './topology.ts';

/** What a bridge separates: the side that does not hold the island's slack, as bus positions. */
export interface Bridge {
  /** Position in `live`. */
  live: number;
  cutOff: number[];
}

/**
 * Branches whose outage splits their island (Tarjan 1974, depth-first from the slack of each island). Of two parallel branches
 * neither is a bridge. By structure and not by 1 - PTDF ≈ 0, so that a stiff network is not taken for a split one.
 */
export function bridges(buses: number, live: readonly LiveBranch[], roots: readonly number[]): Bridge[] {
  const at = incidence(buses, live);
  const entered = new Int32Array(buses).fill(-1);
  const lowest = new Int32Array(buses);
  const found: Bridge[] = [];
  const preorder: number[] = [];
  const enter = (bus: number) => {
    entered[bus] = preorder.length;
    lowest[bus] = preorder.length;
    preorder.push(bus);
  };
  for (const root of roots) {
    if (entered[root]! >= 0) continue;
    enter(root);
    const stack = [{ bus: root, via: -1, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const k = at[top.bus]![top.next++];
      if (k === undefined) {
        stack.pop();
        const parent = stack.at(-1);
        if (!parent) continue;
        lowest[parent.bus] = Math.min(lowest[parent.bus]!, lowest[top.bus]!);
        if (lowest[top.bus]! > entered[parent.bus]!) {
          // The subtree of a vertex is the tail of the preorder at the moment the vertex is left.
          found.push({ live: top.via, cutOff: preorder.slice(entered[top.bus]) });
        }
      } else if (k !== top.via) {
        const { from, to } = live[k]!;
        const other = from === top.bus ? to : from;
        if (entered[other]! >= 0) lowest[top.bus] = Math.min(lowest[top.bus]!, entered[other]!);
        else {
          enter(other);
          stack.push({ bus: other, via: k, next: 0 });
        }
      }
    }
  }
  return found;
}
