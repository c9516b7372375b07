/** What a release holds, before it is written. */
import type { AuditResult } from "../../audit/audit-result.ts";
import type { Certificate } from "../../audit/certificate/certificate.ts";
import type { Difference } from "./compare-releases.ts";
import type { Finding, ReleaseCheck } from "./pack-checks.ts";
import type { ReadFile } from "./read-release.ts";
import type { ReleaseFigure } from "./release-figures.ts";

export interface ReleasePack {
  readonly context: string;
  readonly files: readonly ReadFile[];
  /** Folders of what was released before. */
  readonly earlier: readonly string[];
  readonly audit: AuditResult;
  /** Null where there is nothing to certify. */
  readonly certificate: Certificate | null;
  readonly warnings: readonly Finding[];
  /** Of each file to what was released of it before. */
  readonly differences: readonly Difference[];
  /** Nothing is written while one has findings. */
  readonly checks: readonly ReleaseCheck[];
  /** The file of numbers that others have. */
  readonly known: string | undefined;
  readonly figures: readonly ReleaseFigure[];
}
