/**
 * Remembers what one open page was told, to find out what it has to be told next. All that happened since the last
 * event comes in one event, so the emulator never waits for a slow page and never sends it more than it can take.
 */

import { COMMANDS } from "../chat/commands.js";
import { BYTE_LIMITS } from "../chat/limits.js";
import type { Backend } from "./backend.js";
import type { Control } from "./control.js";
import { callsPerSecondOf } from "./frequency.js";
import type { PageApp, PageRate, PageRequest, PageRequests, PageStart, PageTopic, PageUpdate } from "./page-update.js";
import { RULES, type Rules } from "./rules.js";
import { type App, memberNumOf } from "./store.js";

/** The most calls in one event. */
const MAX_REQUESTS = 500;

/** A rate is the number of calls in this time. */
const SECOND_MS = 1000;

export class PageWatch {
  private started = false;
  private revision = -1;
  private total = 0;
  private cleared = 0;
  /** By key: the JSON text of each topic that the page has. */
  private topics = new Map<string, string>();
  /** By name: the JSON text of each other part that the page has. */
  private readonly parts = new Map<string, string>();

  constructor(
    private readonly backend: Backend,
    private readonly control: Control,
  ) {}

  /** What has changed since this was last asked, as JSON; undefined when nothing has. */
  next(): string | undefined {
    const { backend, control } = this;
    const { rules } = backend;
    const hasNewData = this.revision !== backend.revision;
    this.revision = backend.revision;
    const update: PageUpdate = {
      ...(this.started ? {} : { start: START }),
      ...(hasNewData && this.part("apps", [...backend.store.apps.values()].map(appForPage))),
      ...(hasNewData && this.changedTopics()),
      ...this.newRequests(),
      ...this.part("rates", ratesOf(backend)),
      ...this.part("faults", control.faults()),
      ...this.part("rules", rules),
      ...this.part("byteLimits", { ...BYTE_LIMITS, ...rules.byteLimits }),
      ...this.part("health", control.health()),
    };
    this.started = true;
    return Object.keys(update).length === 0 ? undefined : JSON.stringify(update);
  }

  /** A part that differs from what the page has of it. */
  private part(name: keyof PageUpdate, value: unknown): PageUpdate {
    const text = JSON.stringify(value);
    if (this.parts.get(name) === text) return {};
    this.parts.set(name, text);
    return { [name]: value };
  }

  private changedTopics(): PageUpdate {
    const topics = [...this.backend.store.apps.values()].flatMap(topicsForPage);
    const texts = new Map(topics.map((topic) => [topic.key, JSON.stringify(topic)]));
    const put = topics.filter(({ key }) => this.topics.get(key) !== texts.get(key));
    const gone = [...this.topics.keys()].filter((key) => !texts.has(key));
    const changed = put.length > 0 || gone.length > 0 || !this.started;
    this.topics = texts;
    return changed ? { topics: { put, gone } } : {};
  }

  private newRequests(): PageUpdate {
    const { log } = this.backend;
    const { total, cleared } = log;
    const count = Math.min(total - Math.max(this.total, cleared), MAX_REQUESTS);
    const entries = log.last(Math.max(count, 0));
    const latest = entries.map(
      ({ bodyJson: _, ...entry }, index): PageRequest => ({ number: total - entries.length + index + 1, ...entry }),
    );
    const requests: PageRequests = { total, cleared, latest };
    const isNew = total !== this.total || cleared !== this.cleared || !this.started;
    this.total = total;
    this.cleared = cleared;
    return isNew ? { requests } : {};
  }
}

const START: PageStart = {
  commands: Object.keys(COMMANDS),
  rules: Object.entries(RULES).map(([name, { kind, ...facts }]) => ({
    name: name as keyof Rules,
    ...facts,
    input: kind.input,
  })),
};

function appForPage({ sdkAppId, admins, communities }: App): PageApp {
  return {
    sdkAppId,
    admins: [...admins],
    communities: [...communities.values()].map((community) => ({
      groupId: community.groupId,
      name: community.name,
      introduction: community.introduction,
      notification: community.notification,
      faceUrl: community.faceUrl,
      ownerAccount: community.ownerAccount,
      memberNum: memberNumOf(community),
      maxMemberCount: community.maxMemberCount,
      muteAllMember: community.muteAllMember,
      supportTopic: community.supportTopic,
    })),
  };
}

function topicsForPage({ sdkAppId, communities }: App): PageTopic[] {
  return [...communities.values()].flatMap(({ groupId, topics }) =>
    [...topics.values()].map(({ fromAccount: _, ...topic }) => ({
      key: `${sdkAppId} ${topic.topicId}`,
      sdkAppId,
      groupId,
      ...topic,
    })),
  );
}

/** The calls of the last second by app and command, in the order in which commands are listed. */
function ratesOf(backend: Backend): PageRate[] {
  const { rules, log } = backend;
  const rates = new Map<string, { -readonly [Name in keyof PageRate]: PageRate[Name] }>();
  for (const { app, command, code } of log.since(backend.now() - SECOND_MS)) {
    if (!Object.hasOwn(COMMANDS, command)) continue;
    const limit = rules.enforceFrequency ? callsPerSecondOf(command, rules) : null;
    const key = `${app} ${command}`;
    const rate = rates.get(key) ?? { sdkAppId: app, command, calls: 0, throttled: 0, limit };
    rates.set(key, rate);
    if (code === rules.throttleCode) rate.throttled += 1;
    else rate.calls += 1;
  }
  const order = Object.keys(COMMANDS);
  return [...rates.values()].sort(
    (one, other) =>
      (one.sdkAppId ?? 0) - (other.sdkAppId ?? 0) || order.indexOf(one.command) - order.indexOf(other.command),
  );
}
