using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Parameters of one vector of channels, in registers.</summary>
internal readonly struct NormLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Vector<T> meanRe;
    private readonly Vector<T> meanIm;
    private readonly Vector<T> shiftRe;
    private readonly Vector<T> shiftIm;

    public NormLanes(NormState<T> state, T[] mean, T[] inverse, int at)
    {
        meanRe = new(mean, at);
        meanIm = new(mean, state.Channels + at);
        InverseRe = new(inverse, at);
        InverseIm = new(inverse, state.Channels + at);
        GainRe = new(state.GainRe, at);
        GainIm = new(state.GainIm, at);
        shiftRe = new(state.ShiftRe, at);
        shiftIm = new(state.ShiftIm, at);
        Mask = new(state.Mask, at);
    }

    public Vector<T> InverseRe { get; }

    public Vector<T> InverseIm { get; }

    public Vector<T> GainRe { get; }

    public Vector<T> GainIm { get; }

    public Vector<T> Mask { get; }

    public (Vector<T> Re, Vector<T> Im) Normalise(Vector<T> re, Vector<T> im) => ((re - meanRe) * InverseRe, (im - meanIm) * InverseIm);

    public (Vector<T> Re, Vector<T> Im) Rotate(Vector<T> re, Vector<T> im) =>
        ((GainRe * re) - (GainIm * im) + shiftRe, (GainIm * re) + (GainRe * im) + shiftIm);
}
