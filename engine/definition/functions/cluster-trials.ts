/** Cluster randomised trials that `registered_practice_as_of` can tell about. */

/** Property as authors write it, in any letter case, and as the database spells it. */
const properties = [
  "enrolled",
  "trial_arm",
  "Av_rooms_per_house",
  "deprivation_pctile",
  "group_mean_behaviour_mean",
  "group_mean_intention_mean",
  "hand_behav_practice_mean",
  "hand_intent_practice_mean",
  "IMD_decile",
  "IntCon",
  "MeanAge",
  "MedianAge",
  "Minority_ethnic_total",
  "N_completers_HW_behav",
  "N_completers_RI_behav",
  "N_completers_RI_intent",
  "n_engaged_pages_viewed_mean_mean",
  "n_engaged_visits_mean",
  "N_goalsetting_completers_per_practice",
  "n_pages_viewed_mean",
  "n_times_visited_mean",
  "N_visits_practice",
  "prop_engaged_visits",
  "total_visit_time_mean",
] as const;

const trials: readonly string[] = ["germdefence"];

export interface ClusterTrial {
  readonly trial: string;
  /** As the database spells it. */
  readonly property: string;
}

/** Reads `rct__TRIAL__PROPERTY`; null for anything else, unknown trials and properties included. */
export function parseClusterTrial(returning: string): ClusterTrial | null {
  const [prefix, trial = "", name = "", ...more] = returning.split("__");
  if (prefix !== "rct" || more.length > 0 || !trials.includes(trial)) return null;
  const property = properties.find((known) => known.toLowerCase() === name.toLowerCase());
  return property === undefined ? null : { trial, property };
}

/** All that can be asked for, for hints. */
export const clusterTrialReturning: readonly string[] = trials.flatMap((trial) =>
  properties.map((property) => `rct__${trial}__${property.toLowerCase()}`),
);

export function clusterTrialType(returning: string): "bool" | "str" | null {
  const parsed = parseClusterTrial(returning);
  if (parsed === null) return null;
  return parsed.property === "enrolled" ? "bool" : "str";
}
