using System.Numerics;

namespace BcnnSim.Hardware.Axi;

/// <summary>Fair choice among up to eight requesters: the first after the one served last.</summary>
internal struct RoundRobin
{
    private int last;

    /// <summary>Requester to serve; <paramref name="requests"/> has a bit each and is not 0.</summary>
    public readonly int Choose(uint requests)
    {
        uint later = requests & (uint.MaxValue << (last + 1));
        return BitOperations.TrailingZeroCount(later != 0 ? later : requests);
    }

    public void Served(int requester) => last = requester;
}
