/** Removing a folder with all that is in it, whatever a program made there to make that hard. */
import {
  chmodSync,
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  unlinkSync,
} from "node:fs";

/**
 * Nothing where there is nothing; of a link only the link, wherever in it one stands. What the system still
 * refuses is thrown.
 */
export function removeTree(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    removeStubborn(Buffer.from(path));
  }
}

/** Bytes; the system takes paths of 4096, with the name of the file. */
const LONG = 1000;
const SLASH = Buffer.from("/");

/**
 * By the bytes of its names, which need not be text; folders are opened up first; and one whose path grows too
 * long for the system is moved to the top, where it is removed in its turn.
 */
function removeStubborn(root: Buffer): void {
  const moved: Buffer[] = [];
  const remove = (path: Buffer): void => {
    if (!lstatSync(path).isDirectory()) {
      unlinkSync(path);
      return;
    }
    chmodSync(path, 0o700);
    if (path.length > root.length + LONG) {
      const top = inside(root, Buffer.from(`.deep-${moved.length}`));
      renameSync(path, top);
      moved.push(top);
      return;
    }
    for (const name of readdirSync(path, { encoding: "buffer" })) remove(inside(path, name));
    // The root waits for what was moved there.
    if (path !== root) rmdirSync(path);
  };
  remove(root);
  // Grows while it is gone through.
  for (const top of moved) remove(top);
  if (lstatSync(root, { throwIfNoEntry: false }) !== undefined) rmdirSync(root);
}

function inside(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, SLASH, name]);
}
