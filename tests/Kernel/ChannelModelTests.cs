using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>A channel against a plain queue whose changes are applied between the cycles.</summary>
public sealed class ChannelModelTests
{
    [Fact]
    public void A_channel_equals_a_queue_with_registered_count_over_random_traffic()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Random random = new(seed);
            Check(depth: 1 + (seed % 6), pushShare: random.NextDouble(), popShare: random.NextDouble(), seed);
        }
    }

    private static void Check(int depth, double pushShare, double popShare, int seed)
    {
        const int Cycles = 2000;
        Random random = new(seed);
        bool[] wantsPush = [.. Enumerable.Range(0, Cycles).Select(_ => random.NextDouble() < pushShare)];
        bool[] wantsPop = [.. Enumerable.Range(0, Cycles).Select(_ => random.NextDouble() < popShare)];
        List<string> seen = Simulated(depth, wantsPush, wantsPop, seed);
        Assert.True(Model(depth, wantsPush, wantsPop).SequenceEqual(seen), $"seed {seed}, depth {depth}");
    }

    private static List<string> Simulated(int depth, bool[] wantsPush, bool[] wantsPop, int seed)
    {
        // The order of the two components alternates with the seed.
        Rig rig = new(new SimulationOptions(OrderSeed: seed));
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(depth);
        string[] pushed = new string[wantsPush.Length];
        string[] popped = new string[wantsPush.Length];
        producer.Script = cycle =>
        {
            bool can = channel.CanPush;
            if (can && wantsPush[cycle])
            {
                channel.Push((int)cycle);
            }

            pushed[cycle] = $"{can} {channel.HasSpaceNext}";
            return cycle < wantsPush.Length - 1;
        };
        consumer.Script = cycle =>
        {
            bool can = channel.CanPop;
            int value = can && wantsPop[cycle] ? channel.Pop() : -1;
            popped[cycle] = $"{can} {value} {channel.HasBeatNext}";
            return cycle < wantsPush.Length - 1;
        };
        rig.Simulation.RunUntil(wantsPush.Length - 1);
        return [.. pushed.Zip(popped, (a, b) => $"{a} | {b}")];
    }

    private static List<string> Model(int depth, bool[] wantsPush, bool[] wantsPop)
    {
        Queue<int> queue = new();
        List<string> lines = [];
        for (int cycle = 0; cycle < wantsPush.Length; cycle++)
        {
            bool canPush = queue.Count < depth;
            bool canPop = queue.Count > 0;
            bool push = canPush && wantsPush[cycle];
            bool pop = canPop && wantsPop[cycle];
            bool spaceNext = queue.Count + (push ? 1 : 0) < depth;
            bool beatNext = queue.Count - (pop ? 1 : 0) > 0;
            int value = pop ? queue.Dequeue() : -1;
            if (push)
            {
                queue.Enqueue(cycle);
            }

            lines.Add($"{canPush} {spaceNext} | {canPop} {value} {beatNext}");
        }

        return lines;
    }
}
