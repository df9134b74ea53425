using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Both stacks behind their AXI ports: switch, controllers and DRAM of the ports and pseudo-channels in use. The fixed path lies in the
/// controllers, less the channels a beat passes: one each way from port to controller, two with the switch.
/// </summary>
public sealed class HbmMemory
{
    /// <summary>Ports, and pseudo-channels, of the device.</summary>
    public const int Width = 32;

    private readonly Dictionary<int, AxiLink> ports = [];
    private readonly Dictionary<int, HbmController> ofPseudoChannel = [];

    /// <param name="simulation">Simulation it belongs to.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="design">Memory and path.</param>
    /// <param name="routes">Which port 0..31 reaches which pseudo-channel 0..31; each only its own where the switch is off.</param>
    /// <param name="image">Contents; null where only time matters.</param>
    public HbmMemory(
        Simulation simulation, ClockDomain clock, AcceleratorDesign design, IReadOnlyCollection<(int Port, int PseudoChannel)> routes, HbmImage? image)
    {
        Image = image;
        int[] reached = [.. routes.Select(r => r.PseudoChannel).Distinct().Order()];
        foreach (int port in routes.Select(r => r.Port).Distinct().Order())
        {
            ports.Add(port, new AxiLink(simulation, Name($"axi.p{port:00}")));
        }

        bool switched = design.Axi.SwitchOn;
        Dictionary<int, AxiLink> memories = switched ? reached.ToDictionary(p => p, p => new AxiLink(simulation, Name($"hbm.pc{p:00}"))) : ports;
        int path = design.Axi.FixedPathCycles + (switched ? design.Axi.SwitchPathCycles - 4 : -2);
        Switch = switched ? new AxiSwitch(simulation, clock, design.Axi, Listed(ports), Listed(memories), routes) : null;
        foreach (IGrouping<int, int> channel in reached.GroupBy(p => p / 2))
        {
            (int, AxiLink)[] links = [.. channel.Select(p => (p, memories[p]))];
            var controller = new HbmController(Name($"hbm.mc{channel.Key:00}"), clock, design, links, image, path);
            Controllers.Add(controller);
            foreach (int p in channel)
            {
                ofPseudoChannel.Add(p, controller);
            }
        }
    }

    /// <summary>Contents; null where only time matters.</summary>
    public HbmImage? Image { get; }

    /// <summary>Null where it is off.</summary>
    public AxiSwitch? Switch { get; }

    /// <summary>Controllers built, by channel.</summary>
    public List<HbmController> Controllers { get; } = [];

    /// <summary>Pseudo-channels in use, in order.</summary>
    public IEnumerable<int> PseudoChannels => ofPseudoChannel.Keys.Order();

    /// <summary>Link of a port, for its master.</summary>
    public AxiLink Port(int port) => ports[port];

    /// <summary>Controller of a pseudo-channel.</summary>
    public HbmController Controller(int pseudoChannel) => ofPseudoChannel[pseudoChannel];

    /// <summary>Counts of a pseudo-channel.</summary>
    public HbmStatistics Statistics(int pseudoChannel) => ofPseudoChannel[pseudoChannel].Statistics(pseudoChannel);

    /// <summary>Counts the refreshes of idle time up to a cycle: at the end of a run.</summary>
    public void SettleRefresh(long cycle)
    {
        foreach (HbmController controller in Controllers)
        {
            controller.SettleRefresh(cycle);
        }
    }

    private static (int, AxiLink)[] Listed(Dictionary<int, AxiLink> links) => [.. links.OrderBy(l => l.Key).Select(l => (l.Key, l.Value))];

    private static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
