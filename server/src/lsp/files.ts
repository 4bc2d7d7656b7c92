/** The file system as the server needs it; on the desktop it is Node's, in a browser the client's. */
export interface FileSystem {
  /** The text of a file, undefined when it cannot be read. Never rejects. */
  read(uri: string): Promise<string | undefined>
  /** The `.cnn` files in a folder and below it, sorted. Never rejects. */
  find(folder: string): Promise<readonly string[]>
  /** The `.cnn` files in a folder, but not below it. Never rejects. */
  list(folder: string): Promise<readonly string[]>
}
