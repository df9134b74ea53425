using BcnnSim.Kernel;

namespace BcnnSim.Tests.Kernel.Parts;

/// <summary>
/// Random pushes and pops through one crossing, run by the kernel and by a model that shares nothing with it: it walks time tick by
/// tick and counts edges one by one. Both give one line per edge: what was possible and what was done.
/// </summary>
internal sealed class CrossingTraffic
{
    private const int Edges = 400;
    private readonly long source;
    private readonly long destination;
    private readonly int depth;
    private readonly int forward;
    private readonly int backward;
    private readonly bool[] wantsPush;
    private readonly bool[] wantsPop;

    public CrossingTraffic(long source, long destination, int depth, int forward, int backward, int seed)
    {
        (this.source, this.destination) = (source, destination);
        (this.depth, this.forward, this.backward) = (depth, forward, backward);
        Random random = new(seed);
        double push = 0.2 + (0.8 * random.NextDouble());
        double pop = 0.2 + (0.8 * random.NextDouble());
        wantsPush = [.. Enumerable.Range(0, Edges).Select(_ => random.NextDouble() < push)];
        wantsPop = [.. Enumerable.Range(0, Edges).Select(_ => random.NextDouble() < pop)];
    }

    public List<string> Simulated()
    {
        TimeBase time = new(source, destination);
        Simulation simulation = new(time);
        ClockDomain from = simulation.AddClock("source", source);
        ClockDomain to = simulation.AddClock("destination", destination);
        CrossingChannel<int> channel = new(simulation, "crossing", depth, from, to, forward, backward);
        ScriptComponent producer = new("producer", from);
        ScriptComponent consumer = new("consumer", to);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        SortedDictionary<(long, int), string> lines = [];
        producer.Script = cycle =>
        {
            bool can = channel.CanPush;
            if (can && wantsPush[cycle])
            {
                channel.Push((int)cycle);
            }

            lines.Add((simulation.Now, 0), $"{simulation.Now} push {can}");
            return cycle < Edges - 1;
        };
        consumer.Script = cycle =>
        {
            bool can = channel.CanPop;
            int value = can && wantsPop[cycle] ? channel.Pop() : -1;
            lines.Add((simulation.Now, 1), $"{simulation.Now} pop {can} {value}");
            return cycle < Edges - 1;
        };
        simulation.RunUntil(LastTime(time));
        return [.. lines.Values];
    }

    public List<string> Expected()
    {
        TimeBase time = new(source, destination);
        long from = time.PeriodOf(source);
        long to = time.PeriodOf(destination);
        Queue<(int Value, long SeenAt)> beats = new();
        List<long> slotsTakenUntil = [];
        List<string> lines = [];
        for (long now = 0; now <= LastTime(time); now++)
        {
            int pushed = -1;
            if (now % from == 0)
            {
                bool can = slotsTakenUntil.Count(until => now < until) < depth;
                pushed = can && wantsPush[now / from] ? (int)(now / from) : -1;
                lines.Add($"{now} push {can}");
            }

            if (now % to == 0)
            {
                bool can = beats.Count > 0 && beats.Peek().SeenAt <= now;
                int value = -1;
                if (can && wantsPop[now / to])
                {
                    value = beats.Dequeue().Value;
                    slotsTakenUntil.Remove(long.MaxValue);
                    slotsTakenUntil.Add(EdgeAfter(now, from, backward));
                }

                lines.Add($"{now} pop {can} {value}");
            }

            if (pushed >= 0)
            {
                beats.Enqueue((pushed, EdgeAfter(now, to, forward)));
                slotsTakenUntil.Add(long.MaxValue);
            }
        }

        return lines;
    }

    /// <summary>Time of the <paramref name="count"/>-th edge strictly after a time, found by walking.</summary>
    private static long EdgeAfter(long time, long period, int count)
    {
        while (count > 0)
        {
            time++;
            count -= time % period == 0 ? 1 : 0;
        }

        return time;
    }

    private long LastTime(TimeBase time) => Math.Min(Math.Min(time.PeriodOf(source), time.PeriodOf(destination)) * (Edges - 1), 12_000);
}
