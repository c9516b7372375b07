/**
 * The columns of the ISARIC table and the type each is read as.
 * Everything in the table is text; "" and "NA" are missing.
 */
import type { ValueType } from "../../base/value-types.ts";

const dateColumns = `
  assess_or_admit_date cestdat daily_dsstdat daily_lbdat dlvrdtc_rptestcd dsstdat dsstdtc hostdat
  hostdat_transfer hosttim influenza_2021_vaccined symp_or_assess_date
`;

const intColumns = `
  admission2onset admission_diabp_vsorres admission_week arm_participant calc_age comorb_count
  cxr_count daily_cpk_lbyn_2 first_wave hr_vsorres los los2 los_covid los_covid2 max_ferritin
  min_systolic onset2admission oxy_vsorres pews_crt pews_gcs pews_hr pews_o2_rx pews_rr pews_sbp
  pews_spo2 pews_temp pews_total rr_vsorres second_wave symptom_count symptom_missing_count
  sysbp_vsorres who_cardiac who_coag who_conjunct_rash who_criteria who_crp who_fever
  who_five_criteria who_gi who_hypotension
`;

const floatColumns = `
  age_estimateyears apvs_weight assess_age assess_age_minus_age daily_alt_lborres
  daily_aptt_lborres daily_ast_lborres daily_bil_lborres daily_bun_lborres daily_creat_lborres
  daily_crp_lborres daily_esr_lborres daily_ferr_lborres daily_glucose_lborres
  daily_haematocrit_lborres daily_hb_lborres daily_inr_lborres daily_lactate_lborres
  daily_ldh_lborres daily_lymp_lborres daily_neutro_lborres daily_plt_lborres
  daily_potassium_lborres daily_procal_lborres daily_pt_lborres daily_sodium_lborres
  daily_wbc_lborres egestage_rptestcd estgest max_crp max_inr max_pt temp_vsorres
`;

const strColumns = `
  abdopain_ceoccur_v2 admission_month age_estimateyearsu age_factor_19_no_neonates
  age_factor_19_with_neonates agedatyn ageusia_ceoccur_v2 aidshiv_mhyn all_antiviral
  all_cardiac_comp all_ecmo all_imm_mod all_inotropes all_invasive all_ivig all_noninvasive
  alt_reason_admit aneamia_ceterm anosmia_ceoccur_v2 antibiotic antiviral any_comorb
  any_max_steroid any_trach apdm_age aplb_lborres aplb_lbperf apsc_brdisdat apsc_brfedind
  apsc_brfedindy apsc_dvageind apsc_gestout apsc_vcageind apvs_weightnk apvs_weightu ards_ceoccur
  ari arrhythmia_ceterm asthma_comorb asthma_mhyn asymp asymp_or_incident bacteraemia_ceterm
  bactpneu_ceoccur bleed_ceoccur_v2 bleed_ceterm_v2 bmj_pt bronchio_ceterm cardiac_comorb
  cardiac_comp cardiacarrest_ceterm cardiomyopathy_ceterm chestpain_ceoccur_v2 chrincard
  chronic_nsaid_cmoccur chronichaemo_mhyn chronicneu_mhyn chronicpul_mhyn coagulo_ceterm
  confusion_ceoccur_v2 conjunct_ceoccur_v2 coriona_ieorres2 coriona_ieorres3 corona_ieorres cough
  cough_ceoccur_v2 coughhb_ceoccur_v2 coughsput_ceoccur_v2 country country_pcds covid19_vaccine
  cryptogenic_ceterm cxr_done daily_alt_lbyn daily_altop_lbyn daily_aptt_lbyn daily_apttop_lborres
  daily_ast_lbyn daily_bil_lborresu daily_bil_lbyn daily_bilop_lborres daily_bun_lborresu
  daily_bun_lbyn daily_bunop_lborres daily_cpk_lby daily_cpkop_lbyn_2 daily_creat_lborresu
  daily_creat_lbyn daily_creatop_lborres daily_crp_lborresu daily_crp_lbyn daily_crpop_lborres
  daily_esr_lbyn daily_ferr_lborresu daily_ferr_lbyn daily_ferrop_lbyn daily_glucose_lborresu
  daily_glucose_lbyn daily_glucoseop_lborres daily_haematocrit_lborresu daily_haematocrit_lbyn
  daily_hb_lborresu daily_hb_lbyn daily_hbop_lborres daily_lactate_lborresu daily_lactate_lbyn
  daily_lactateop_lbyn daily_ldh_lbyn daily_lymp_lborresu daily_lymp_lbyn daily_lympop_lbyn
  daily_neutro_lborresu daily_neutro_lbyn daily_neutroop_lbyn daily_plt_lborresu daily_plt_lbyn
  daily_pltop_lborres daily_potassium_lborresu daily_potassium_lbyn daily_potassiumop_lborres
  daily_procal_lbyn daily_procalop_lborres daily_pt_inr_lbyn daily_ptop_lborres
  daily_sodium_lborresu daily_sodium_lbyn daily_sodiumop_lborres daily_wbc_lborresu daily_wbc_lbyn
  daily_wbcop_lborres death dehydration_vsorres dementia_mhyn diabetes_comorb diabetes_mhyn
  diabetes_type_mhyn diabetescom_mhyn dialysis diarrhoea_ceoccur_v2 dsterm dvt_ceterm dyspnoe
  earpain_ceoccur_v2 ecmo endocarditis_aeterm ethnic___1 ethnic___10 ethnic___2 ethnic___3
  ethnic___4 ethnic___5 ethnic___6 ethnic___7 ethnic___8 ethnic___9 ethnicity fatigue_ceoccur_v2
  fever fever_all fever_ceoccur_v2 gastro_ceterm genetic_comorb haem_onc_comorb has_picu
  headache_ceoccur_v2 heartfailure_ceterm high_flow_o2 hooccur hostdat_transfernk
  hyperglycemia_aeterm hyperinflam_WHO hypertension_mhyn hypoglycemia_ceterm imm_sup_all
  immno_cmtrt incidental_covid infant infect_cmtrt infiltrates_faorres infiltrates_yn
  inflammatory_mss influenza_2021_vaccine inotrope ischaemia_ceterm ivig_freetext
  jointpain_ceoccur_v2 ld_asd_ad_comorb liver_gi_comorb liverdysfunction_ceterm
  lowerchest_ceoccur_v2 lymp_ceoccur_v2 malignantneo_mhyn malnutrition_comorb malnutrition_mhyn
  max_resp_support meningitis_ceterm metabolic_comorb mildliver misc_cardiac misc_considered_pims
  misc_final_status misc_immunomod misc_iv_steroids misc_ivig misc_oral_steroids misc_pcr
  misc_serology modliv myalgia_ceoccur_v2 myocarditis_ceterm neonate neuro_comorb neuro_comp
  neurodisab_comorb nhs_region nitric no_symptoms nosocomial14 nosocomial2 nosocomial5 nosocomial7
  obesity_comorb obesity_mhyn other_ceoccur other_comorb other_endo_comorb other_ethnic other_mhyn
  pancreat_ceterm pews_over_2 pims_freetext pleuraleff_ceterm pneumothorax_ceterm
  postpart_rptestcd pregout_rptestcd pregyn_rptestcd preterm_comorb prone pulmthromb_ceterm
  rash_ceoccur_v2 readm_cov19 readminreas renal_comorb renal_mhyn renalinjury_ceterm resp_comorb
  rhabdomyolsis_ceterm rheum_comorb rheumatologic_mhyn runnynose_ceoccur_v2 seizure_ceterm
  seizures_cecoccur_v2 sex shortbreath_ceoccur_v2 skinulcers_ceoccur_v2 smoking_mhyn
  sorethroat_ceoccur_v2 stercap_vsorres stroke_ceterm supp_o2 surgefacil susp_reinf
  vaccine_covid_trial vomit_ceoccur_v2 vrialpneu_ceoccur vulnerable_cancers vulnerable_copd
  vulnerable_immuno vulnerable_preg vulnerable_scid vulnerable_transplant wave wheeze_ceoccur_v2
  xray_prperf
`;

export const isaricColumnTypes: Readonly<Record<string, ValueType>> = Object.fromEntries([
  ...typed(dateColumns, "date"),
  ...typed(intColumns, "int"),
  ...typed(floatColumns, "float"),
  ...typed(strColumns, "str"),
]);

function typed(names: string, type: ValueType): [string, ValueType][] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, type]);
}
