using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>
/// The mini-switches between the ports in use and the pseudo-channels in use, with the lateral links between them: those of the range
/// that joins them, the others are not built.
/// </summary>
public sealed class AxiSwitch
{
    private readonly Simulation simulation;
    private readonly ClockDomain clock;
    private readonly AxiDesign design;
    private readonly AxiLink?[][] inputs;
    private readonly AxiLink?[][] outputs;

    /// <param name="simulation">Simulation it belongs to.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="design">Latencies.</param>
    /// <param name="ports">Port 0..31 and its link.</param>
    /// <param name="memories">Pseudo-channel 0..31 and the link to its controller.</param>
    public AxiSwitch(
        Simulation simulation, ClockDomain clock, AxiDesign design, IReadOnlyList<(int Index, AxiLink Link)> ports, IReadOnlyList<(int Index, AxiLink Link)> memories)
    {
        this.simulation = simulation;
        this.clock = clock;
        this.design = design;
        inputs = [.. Enumerable.Range(0, SwitchPlace.Switches).Select(_ => new AxiLink?[SwitchPlace.Interfaces])];
        outputs = [.. Enumerable.Range(0, SwitchPlace.Switches).Select(_ => new AxiLink?[SwitchPlace.Interfaces])];
        Place(inputs, ports);
        Place(outputs, memories);
        int[] used = [.. ports.Concat(memories).Select(p => p.Index / SwitchPlace.Width)];
        for (int left = used.Min(); left < used.Max(); left++)
        {
            JoinNeighbours(left);
        }

        Switches = [.. Enumerable.Range(used.Min(), used.Max() - used.Min() + 1).Select(s => new MiniSwitch(Name($"axi.switch{s}"), clock, s, inputs[s], outputs[s]))];
    }

    /// <summary>Mini-switches built, from left to right.</summary>
    public IReadOnlyList<MiniSwitch> Switches { get; }

    private static void Place(AxiLink?[][] sides, IReadOnlyList<(int Index, AxiLink Link)> links)
    {
        foreach ((int index, AxiLink link) in links)
        {
            sides[index / SwitchPlace.Width][index % SwitchPlace.Width] = link;
        }
    }

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);

    /// <summary>Two links each way between a mini-switch and its right neighbour.</summary>
    private void JoinNeighbours(int left)
    {
        bool stacks = left + 1 == SwitchPlace.SecondStack;
        int cycles = (stacks ? design.StackBoundaryCycles : design.BoundaryCycles) / 2;
        for (int link = 0; link < 2; link++)
        {
            (outputs[left][SwitchPlace.Right(link)], inputs[left + 1][SwitchPlace.Left(link)]) = Lateral($"axi.lateral{left}-{left + 1}.{link}", cycles);
            (outputs[left + 1][SwitchPlace.Left(link)], inputs[left][SwitchPlace.Right(link)]) = Lateral($"axi.lateral{left + 1}-{left}.{link}", cycles);
        }
    }

    /// <summary>Near and far end of a link that takes <paramref name="cycles"/> each way, one of them in a channel.</summary>
    private (AxiLink Near, AxiLink Far) Lateral(FormattableString name, int cycles)
    {
        var near = new AxiLink(simulation, Name(name));
        if (cycles == 1)
        {
            return (near, near);
        }

        var far = new AxiLink(simulation, $"{Name(name)}.far");
        _ = new LinkDelay($"{Name(name)}.stages", clock, near, far, cycles - 2);
        return (near, far);
    }
}
