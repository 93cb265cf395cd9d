import { actionRemark, isDate, principalRemark, resourceRemark, type Remark } from './formats';
import { ELEMENTS, knownKey, knownOperator, length, LIMITS, namesPrincipals, namesResources, NEWEST, PRINCIPALS, STATEMENT_ELEMENTS, valueKind, VERSIONS, type PolicyKind } from './grammar';
import { member, readJson, type Json, type Member } from './json';

/** Something that is wrong with a document, and where: lines and columns count from 1. */
export interface Problem extends Remark {
  from: number;
  to: number;
  line: number;
  column: number;
}

type Place = { from: number; to: number };

/** All that is wrong with a policy, in the order of its text. IAM has the last word; it names the first thing only, and no place. */
export function checks(document: string, kind: PolicyKind): Problem[] {
  const found: Problem[] = [];
  const note = ({ from, to }: Place, text: string, severity: Remark['severity'] = 'error') => found.push({ from, to, text, severity, ...placeOf(document, from) });
  const read = readJson(document);
  if ('fault' in read) note(read.fault, document.trim() === '' ? 'A policy is a JSON object: {"Version": "2012-10-17", "Statement": […]}.' : read.fault.text);
  else new Checks(kind, note).document(read.value);
  const size = length(document, kind);
  if (size > LIMITS[kind]) note({ from: document.length, to: document.length }, `The policy has ${size} characters${kind === 'bucket' ? '' : ' without white space'}; ${LIMITS[kind]} is the most.`);
  return found.sort((a, b) => a.from - b.from);
}

export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The bracket that something begins with: what is missing has no place of its own. */
const opening = ({ from }: Json): Place => ({ from, to: from + 1 });

const isEmpty = (value: Json) => value.kind === 'array' && value.items.length === 0;

class Checks {
  private readonly sids = new Set<string>();

  constructor(
    private readonly kind: PolicyKind,
    private readonly note: (place: Place, text: string, severity?: Remark['severity']) => void,
  ) {}

  private remark(place: Place, remark: Remark | undefined) {
    if (remark) this.note(place, remark.text, remark.severity);
  }

  document(value: Json) {
    if (value.kind !== 'object') {
      this.note(value, 'A policy is a JSON object.');
      return;
    }
    this.onlyKnown(value.members, ELEMENTS, 'a policy');
    this.version(value);
    const id = member(value, 'Id')?.value;
    if (id) this.text(id, 'Id');
    const statements = member(value, 'Statement')?.value;
    if (!statements) this.note(opening(value), 'Statement is missing.');
    else if (statements.kind !== 'array') this.statement(statements);
    else if (statements.items.length === 0) this.note(statements, 'A policy has one statement at least.');
    else statements.items.forEach((each) => this.statement(each));
  }

  private onlyKnown(members: Member[], known: string[], where: string) {
    for (const each of members.filter(({ key }) => !known.includes(key))) {
      const meant = known.find((word) => word.toLowerCase() === each.key.toLowerCase() || word === each.key.replace(/s$/, ''));
      this.note(each, `Unknown element "${each.key}" in ${where}${meant ? `: write ${meant}` : `; it has ${known.join(', ')}`}.`);
    }
  }

  private version(document: Json) {
    const version = member(document, 'Version')?.value;
    if (!version) {
      if (this.kind === 'managed') this.note(opening(document), `Version is missing: "${NEWEST}".`);
      else this.note(opening(document), `Without "Version": "${NEWEST}" variables are plain text.`, 'warning');
      return;
    }
    const text = this.text(version, 'Version');
    if (text === undefined) return;
    if (!VERSIONS.includes(text)) this.note(version, `There is no version ${text} of the language: write ${NEWEST}.`);
    else if (text !== NEWEST && this.kind === 'managed') this.note(version, `A managed policy has version ${NEWEST}.`);
  }

  private text(value: Json, element: string): string | undefined {
    if (value.kind === 'string') return value.value;
    this.note(value, `${element} is text in quotes.`);
    return undefined;
  }

  /** One text, or a list of them. */
  private texts(value: Json, element: string): { value: string; from: number; to: number }[] {
    return (value.kind === 'array' ? value.items : [value]).flatMap((each) => {
      const text = this.text(each, value.kind === 'array' ? `Each value of ${element}` : element);
      return text === undefined ? [] : [{ value: text, from: each.from, to: each.to }];
    });
  }

  private statement(value: Json) {
    if (value.kind !== 'object') {
      this.note(value, 'A statement is an object: {"Effect": "Allow", …}.');
      return;
    }
    this.onlyKnown(value.members, STATEMENT_ELEMENTS, 'a statement');
    this.sid(member(value, 'Sid')?.value);
    this.effect(value);
    this.actions(value);
    this.resources(value);
    this.principals(value);
    const condition = member(value, 'Condition')?.value;
    if (condition) this.condition(condition);
  }

  private sid(value: Json | undefined) {
    const sid = value && this.text(value, 'Sid');
    if (!value || !sid) return;
    if (this.sids.has(sid)) this.note(value, `Another statement has the Sid ${sid}.`);
    this.sids.add(sid);
  }

  private effect(statement: Json) {
    const value = member(statement, 'Effect')?.value;
    if (!value) {
      this.note(opening(statement), 'Effect is missing: "Allow" or "Deny".');
      return;
    }
    const effect = this.text(value, 'Effect');
    if (effect !== undefined && effect !== 'Allow' && effect !== 'Deny') this.note(value, `Effect is "Allow" or "Deny", not "${effect}".`);
  }

  /** The one of an element and its negation that is there, or both of them told. */
  private oneOf(statement: Json, element: string): Member | undefined {
    const plain = member(statement, element);
    const negated = member(statement, `Not${element}`);
    if (plain && negated) this.note(negated, `A statement has ${element} or Not${element}, not both.`);
    return plain ?? negated;
  }

  private actions(statement: Json) {
    const element = this.oneOf(statement, 'Action');
    if (!element) {
      this.note(opening(statement), 'Action is missing.');
      return;
    }
    if (isEmpty(element.value)) this.note(element.value, `${element.key} names nothing.`);
    if (this.kind === 'trust' && element.key === 'NotAction') this.note(element, 'A trust policy has Action, not NotAction.');
    this.texts(element.value, element.key).forEach((each) => this.remark(each, actionRemark(each.value, this.kind)));
  }

  private resources(statement: Json) {
    const element = this.oneOf(statement, 'Resource');
    if (!namesResources(this.kind)) {
      if (element) this.note(element, 'A trust policy has no Resource: it is about the role it belongs to.');
      return;
    }
    if (!element) {
      this.note(opening(statement), 'Resource is missing.');
      return;
    }
    if (isEmpty(element.value)) this.note(element.value, `${element.key} names nothing.`);
    this.texts(element.value, element.key).forEach((each) => this.remark(each, resourceRemark(each.value)));
  }

  private principals(statement: Json) {
    const element = this.oneOf(statement, 'Principal');
    if (!namesPrincipals(this.kind)) {
      if (element) this.note(element, `A policy of a user, group or role has no ${element.key}: it is about whoever has it.`);
      return;
    }
    if (!element) {
      this.note(opening(statement), 'Principal is missing.');
      return;
    }
    const { value } = element;
    if (value.kind === 'string' && value.value === '*') return;
    if (value.kind !== 'object' || value.members.length === 0) {
      this.note(value, `${element.key} is "*", or an object: {"Service": "ec2.amazonaws.com"}.`);
      return;
    }
    this.onlyKnown(value.members, PRINCIPALS, element.key);
    for (const { key, value: names } of value.members) {
      if (isEmpty(names)) this.note(names, `${key} names nobody.`);
      this.texts(names, key).forEach((each) => this.remark(each, principalRemark(key, each.value)));
    }
  }

  private condition(block: Json) {
    if (block.kind !== 'object') {
      this.note(block, 'Condition is an object: {"StringEquals": {"aws:username": "ann"}}.');
      return;
    }
    for (const operator of block.members) {
      if (operator.value.kind !== 'object') this.note(operator.value, `${operator.key} has keys with their values: {"aws:username": "ann"}.`);
      // IAM lets an operator pass that compares nothing.
      else if (!knownOperator(operator.key) && operator.value.members.length > 0) this.note(operator, `Unknown condition operator "${operator.key}".`);
      else this.keys(operator.key, operator.value.members);
    }
  }

  private keys(operator: string, members: Member[]) {
    const seen = new Set<string>();
    for (const each of members) {
      const small = each.key.toLowerCase();
      if (seen.has(small)) this.note(each, `${operator} asks for ${each.key} twice.`);
      seen.add(small);
      if (!knownKey(each.key)) this.note(each, `There is no condition key ${each.key}.`, 'warning');
      const values = each.value.kind === 'array' ? each.value.items : [each.value];
      for (const value of values) {
        if (value.kind === 'object' || value.kind === 'array' || value.kind === 'null') this.note(value, 'A value is text, a number, true or false.');
        else if (valueKind(operator) === 'date' && value.kind === 'string' && !isDate(value.value)) this.note(value, 'A date is written so: 2030-01-31T12:00:00Z.');
      }
    }
  }
}
