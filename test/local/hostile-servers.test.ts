import { servers } from '../../scripts/hostile/servers';

/** `npm run hostile -- --subject servers`, with a seed that stays. */
test(servers.about, async () => {
  await servers.run({ seed: 20261126, runs: 300 });
});
