// The tree against the published vectors of RFC 6962 (as the reference implementation prints them), and against the definition, at random.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyRanges,
  EMPTY,
  growing,
  hasGrown,
  inclusionRanges,
  joined,
  leafHash,
  nodeHash,
  type Range,
  rootByInclusion,
  wholeParts,
} from './merkle.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
// certificate-transparency-go, merkle tree test data: eight leaves, the roots of the trees of 1 to 8 of them, proofs
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);
const INCLUSION: [leaf: number, size: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [3, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    2,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCY: [first: number, second: number, proof: string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const hashes = LEAVES.map(leafHash);
const over = (leaves: readonly Buffer[], range: Range) =>
  joined(
    wholeParts(range).map(([lo, hi]) => {
      let level = leaves.slice(lo, hi);
      while (level.length > 1) level = level.flatMap((left, n) => (n % 2 === 0 ? [nodeHash(left, level[n + 1]!)] : []));
      return level[0]!;
    }),
  );
/** The root as RFC 9162 2.1.1 defines it. */
const defined = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) return EMPTY;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(defined(leaves.slice(0, k)), defined(leaves.slice(k)));
};

describe('the published vectors', () => {
  test('roots', () => {
    expect(EMPTY.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const tree = growing();
    expect(tree.root()).toEqual(EMPTY);
    hashes.forEach((leaf, n) => {
      tree.push(leaf);
      expect(tree.root()).toEqual(ROOTS[n]);
      expect(over(hashes, [0, n + 1])).toEqual(ROOTS[n]);
    });
  });
  test.each(INCLUSION)('leaf %i of %i is in the tree', (leaf, size, proof) => {
    expect(inclusionRanges(leaf - 1, size).map((range) => over(hashes, range).toString('hex'))).toEqual(proof);
    expect(rootByInclusion(leaf - 1, size, hashes[leaf - 1]!, proof.map(hex))).toEqual(ROOTS[size - 1]);
  });
  test.each(CONSISTENCY)('the tree of %i has grown to %i', (first, second, proof) => {
    expect(consistencyRanges(first, second).map((range) => over(hashes, range).toString('hex'))).toEqual(proof);
    const [a, b] = [
      { size: first, root: ROOTS[first - 1]! },
      { size: second, root: ROOTS[second - 1]! },
    ];
    expect(hasGrown(a, b, proof.map(hex))).toBe(true);
  });
});

describe('random trees', () => {
  const world = fc.integer({ min: 1, max: 300 }).chain((size) =>
    fc.record({
      leaves: fc.constant(Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`${size}/${n}`)))),
      index: fc.integer({ min: 0, max: size - 1 }),
      first: fc.integer({ min: 0, max: size }),
      spoil: fc.nat(),
    }),
  );
  const spoilt = (proof: readonly Buffer[], at: number) =>
    proof.map((hash, n) =>
      n === at % proof.length ? Buffer.from(hash.map((byte, b) => (b === 0 ? byte ^ 1 : byte))) : hash,
    );

  test('each root is the defined one, however the tree was begun', () => {
    fc.assert(
      fc.property(world, ({ leaves, first }) => {
        const tree = growing();
        for (const leaf of leaves.slice(0, first)) tree.push(leaf);
        const again = growing(tree.size, tree.parts());
        for (const leaf of leaves.slice(first)) again.push(leaf);
        expect(again.root()).toEqual(defined(leaves));
      }),
    );
  });
  test('each leaf has its proof, and no other leaf and no spoilt proof passes', () => {
    fc.assert(
      fc.property(world, ({ leaves, index, spoil }) => {
        const proof = inclusionRanges(index, leaves.length).map((range) => over(leaves, range));
        const root = defined(leaves);
        expect(rootByInclusion(index, leaves.length, leaves[index]!, proof)).toEqual(root);
        expect(rootByInclusion(index, leaves.length, leafHash(Buffer.from('other')), proof)).not.toEqual(root);
        if (proof.length)
          expect(rootByInclusion(index, leaves.length, leaves[index]!, spoilt(proof, spoil))).not.toEqual(root);
        expect(rootByInclusion(index, leaves.length, leaves[index]!, [...proof, root])).toBeUndefined();
      }),
    );
  });
  test('each earlier tree has grown into the later, and a changed, cut or forked one has not', () => {
    fc.assert(
      fc.property(world, ({ leaves, first, spoil }) => {
        const [a, b] = [
          { size: first, root: defined(leaves.slice(0, first)) },
          { size: leaves.length, root: defined(leaves) },
        ];
        const proof = consistencyRanges(first, leaves.length).map((range) => over(leaves, range));
        expect(hasGrown(a, b, proof)).toBe(true);
        expect(hasGrown({ ...a, root: leafHash(Buffer.from('fork')) }, b, proof)).toBe(false);
        if (first > 0) expect(hasGrown(a, { ...b, root: leafHash(Buffer.from('fork')) }, proof)).toBe(false);
        if (proof.length) expect(hasGrown(a, b, spoilt(proof, spoil))).toBe(false);
        if (first < leaves.length) expect(hasGrown(b, a, proof)).toBe(false);
      }),
    );
  });
});
