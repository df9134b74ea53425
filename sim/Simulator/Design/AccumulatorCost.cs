namespace BcnnSim.Design;

/// <summary>
/// LUTs and flip-flops of the accumulator bank, fitted to Yosys on bcnn_accumulator_bank (table in tools/rtl/README.md): per component its adder and the
/// shift of a partial sum by its bit plane; half a LUT per bit of a bank to choose bank and beat at the drain; control.
/// </summary>
public static class AccumulatorCost
{
    private const int Control = 220;
    private const int ControlRegisters = 160;

    /// <summary>Bits of one component of a partial sum, |value| up to 2 Pi.</summary>
    public static int PartialBits(int inputLanes) => PeCost.Width(inputLanes) + 2;

    /// <summary>LUTs that shift a partial sum of some bits by 0 to 7 places.</summary>
    public static int Shift(int partialBits) => 19 + (2 * partialBits);

    /// <param name="pe">Po, Pp, Pi.</param>
    /// <param name="bits">Bits of one component.</param>
    public static ResourceCount Of(PeArrayDesign pe, int bits)
    {
        long components = 2L * pe.OutputLanes * pe.PixelLanes;
        long lut = Control + (components * (bits + Shift(PartialBits(pe.InputLanes)))) + (components * bits / 2);
        return new ResourceCount(lut, ControlRegisters + (2 * components * bits));
    }
}
