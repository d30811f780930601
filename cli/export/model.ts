import type { JudgedObject } from "./judge.ts";

export interface PlannedFile {
  /** Below the folder of the project, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Permission bits. */
  readonly mode: number;
}

/** A value that the program takes from the stack's config. */
export interface PlannedSecret {
  /** Key in the namespace of the project. */
  readonly key: string;
  readonly kind: string;
  /** Logical name of the resource. */
  readonly resource: string;
  readonly property: string;
  readonly value: string;
}

/** Something that the program could not express, or that its user has to know. */
export interface Note {
  readonly severity: "refused" | "unchecked" | "changed" | "unmanaged" | "left-out";
  readonly kind: string;
  readonly id: string;
  /** Logical name of the resource; absent for an object that is left out. */
  readonly resource?: string;
  readonly text: string;
}

/** An object with its names in the program. */
export interface PlannedResource extends JudgedObject {
  /** Logical name: the last part of its URN. */
  readonly name: string;
  /** Name of the constant. */
  readonly variable: string;
  /** Config key of each secret property that is set. */
  readonly secretKeys: Readonly<Record<string, string>>;
}
