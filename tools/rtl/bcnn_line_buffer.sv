// SPDX-License-Identifier: MIT
//
// Builds the windows of one pixel tile, a tap group of every pixel per cycle, and replays them to
// the array for every output group and bit plane; twin of Hardware/Buffers/LineBuffer. Building
// the next tile overlaps replaying this one. One layer at a time: its command comes when the layer
// before is complete, as the sequencer's barrier has it.
//
// The layer's registers and its two tables lie outside and are read in the same cycle: the reads
// of one plane by step_o, the window words of an output group by list_group_o and list_word_o.

module bcnn_line_buffer #(
  parameter int PixelLanes    = 4,
  parameter int InputLanes    = 8,
  parameter int WordChannels  = 8,   // channels of a buffer word
  parameter int MaxRun        = 3,   // kernel columns of one read
  parameter int MaxTaps       = 16,  // taps of one read
  parameter int Buffers       = 2,
  parameter int WindowWords   = 16,
  parameter int ReadsInFlight = 4
) (
  input  logic                                       clk_i,
  input  logic                                       rst_ni,

  input  logic                                       command_valid_i,
  output logic                                       command_ready_o,

  // Registers of the layer.
  input  logic [15:0]                                layer_planes_i,
  input  logic [15:0]                                layer_steps_i,
  input  logic [15:0]                                layer_words_i,        // of one plane
  input  logic [15:0]                                layer_total_i,        // of all planes
  input  logic [15:0]                                layer_taps_i,         // of one plane
  input  logic [15:0]                                layer_groups_i,
  input  logic [15:0]                                layer_tiles_i,
  input  logic [15:0]                                layer_height_i,
  input  logic [15:0]                                layer_width_i,
  input  logic [15:0]                                layer_out_width_i,
  input  logic [15:0]                                layer_out_pixels_i,
  input  logic [15:0]                                layer_stride_y_i,
  input  logic [15:0]                                layer_stride_x_i,
  input  logic [15:0]                                layer_padding_y_i,
  input  logic [15:0]                                layer_padding_x_i,
  input  logic                                       layer_frame_i,        // reads the frame buffer
  input  logic [15:0]                                layer_region_i,

  // Table of reads.
  output logic [15:0]                                step_o,
  input  logic [7:0]                                 step_ky_i,
  input  logic [7:0]                                 step_kx_i,
  input  logic [7:0]                                 step_run_i,
  input  logic [7:0]                                 step_word_i,
  input  logic [7:0]                                 step_channels_i,      // of one column
  input  logic [7:0]                                 step_kept_i,
  input  logic [MaxRun-1:0]                          step_reads_i,         // columns with a kept tap
  input  logic [MaxTaps-1:0]                         step_keep_i,

  // Table of words.
  output logic [15:0]                                list_group_o,
  output logic [15:0]                                list_word_o,
  input  logic [15:0]                                list_place_i,
  input  logic [15:0]                                list_length_i,

  // One read, to the frame buffer or the activation buffer; pixel of column r and lane p at
  // r * PixelLanes + p.
  output logic                                       frame_request_valid_o,
  input  logic                                       frame_request_ready_i,
  output logic                                       activation_request_valid_o,
  input  logic                                       activation_request_ready_i,
  output logic [MaxRun*PixelLanes-1:0]               request_exists_o,
  output logic [16*MaxRun*PixelLanes-1:0]            request_pixel_o,
  output logic [15:0]                                request_plane_o,
  output logic [7:0]                                 request_word_o,
  output logic [7:0]                                 request_run_o,
  output logic [15:0]                                request_region_o,

  input  logic                                       frame_reply_valid_i,
  output logic                                       frame_reply_ready_o,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0]  frame_reply_re_i,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0]  frame_reply_im_i,
  input  logic                                       activation_reply_valid_i,
  output logic                                       activation_reply_ready_o,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0]  activation_reply_re_i,
  input  logic [MaxRun*PixelLanes*WordChannels-1:0]  activation_reply_im_i,

  output logic                                       window_valid_o,
  input  logic                                       window_ready_i,
  output logic [PixelLanes*InputLanes-1:0]           window_re_o,
  output logic [PixelLanes*InputLanes-1:0]           window_im_o,
  output logic [PixelLanes*InputLanes-1:0]           window_mask_o,
  output logic [15:0]                                window_plane_o,
  output logic                                       window_last_o
);

  localparam int Columns     = MaxRun * PixelLanes;
  localparam int FlightWidth = Columns + MaxTaps + 24;
  localparam int FlightBits  = $clog2(ReadsInFlight + 1);
  localparam int PlaceBits   = ReadsInFlight > 1 ? $clog2(ReadsInFlight) : 1;
  localparam int BufferBits  = Buffers > 1 ? $clog2(Buffers) : 1;
  localparam int CountBits   = $clog2(Buffers + 1);

  // Registers.
  logic                   active_q;
  logic [15:0]            step_q;
  logic [15:0]            plane_q;
  logic [15:0]            tile_q;
  logic [15:0]            tile_y_q;
  logic [15:0]            tile_x_q;
  logic [15:0]            tile_pixel_q;
  logic [FlightBits-1:0]  flight_count_q;
  logic [PlaceBits-1:0]   flight_head_q;
  logic [FlightWidth-1:0] flight_q [ReadsInFlight];
  logic [CountBits-1:0]   reserved_q;
  logic [BufferBits-1:0]  begin_q;
  logic [BufferBits-1:0]  build_q;
  logic [BufferBits-1:0]  replay_q;
  logic [15:0]            complete_q [Buffers];
  logic [15:0]            group_q;
  logic [15:0]            word_q;
  logic [15:0]            replay_plane_q;
  logic [15:0]            plane_base_q;

  // Replay: the coming word of the group's list, if it is built. The last one of a tile waits until
  // nothing of the tile is left to build: a buffer is given back whole.
  logic        last_word;
  logic        last_of_group;
  logic        last_of_tile;
  logic        word_ready;
  logic        replay;
  logic        tile_replayed;
  logic [15:0] place;

  assign list_group_o  = group_q;
  assign list_word_o   = word_q;
  assign place         = plane_base_q + list_place_i;
  assign last_word     = (word_q + 16'd1 == list_length_i);
  assign last_of_group = last_word & (replay_plane_q + 16'd1 == layer_planes_i);
  assign last_of_tile  = last_of_group & (group_q + 16'd1 == layer_groups_i);
  assign word_ready    = (reserved_q != '0) &
                         (last_of_tile ? (complete_q[replay_q] == layer_total_i)
                                       : (place < complete_q[replay_q]));
  assign replay        = word_ready & window_ready_i;
  assign tile_replayed = replay & last_of_tile;

  assign window_valid_o = word_ready;
  assign window_plane_o = replay_plane_q;
  assign window_last_o  = last_of_group;

  // Reply: the oldest read under way.
  logic                   reply;
  logic [FlightWidth-1:0] flight;
  logic [7:0]             flight_channels;
  logic [7:0]             flight_run;
  logic [7:0]             flight_kept;
  logic [Columns-1:0]     flight_exists;
  logic [MaxTaps-1:0]     flight_keep;

  assign flight = flight_q[flight_head_q];
  assign {flight_channels, flight_run, flight_kept, flight_exists, flight_keep} = flight;
  assign frame_reply_ready_o      = (flight_count_q != '0) & layer_frame_i;
  assign activation_reply_ready_o = (flight_count_q != '0) & ~layer_frame_i;
  assign reply = (frame_reply_ready_o & frame_reply_valid_i) |
                 (activation_reply_ready_o & activation_reply_valid_i);

  logic        tile_built;
  logic [15:0] built;

  bcnn_window_gearbox #(
    .PixelLanes  (PixelLanes),
    .InputLanes  (InputLanes),
    .WordChannels(WordChannels),
    .MaxRun      (MaxRun),
    .MaxTaps     (MaxTaps),
    .Buffers     (Buffers),
    .WindowWords (WindowWords)
  ) u_gearbox (
    .clk_i,
    .rst_ni,
    .append_i  (reply),
    .buffer_i  (16'(build_q)),
    .taps_i    (layer_taps_i),
    .total_i   (layer_total_i),
    .channels_i(flight_channels),
    .run_i     (flight_run),
    .kept_i    (flight_kept),
    .exists_i  (flight_exists),
    .keep_i    (flight_keep),
    .re_i      (layer_frame_i ? frame_reply_re_i : activation_reply_re_i),
    .im_i      (layer_frame_i ? frame_reply_im_i : activation_reply_im_i),
    .built_o   (built),
    .done_o    (tile_built),
    .read_i    (16'(replay_q) * 16'(WindowWords) + place),
    .re_o      (window_re_o),
    .im_o      (window_im_o),
    .mask_o    (window_mask_o)
  );

  // Request: the next read of the walk over tiles, planes and steps.
  logic                  tile_start;
  logic                  requests;
  logic                  request;
  logic                  begins;
  logic                  last_step;
  logic                  last_plane;
  logic                  last_tile;
  logic                  layer_walked;
  logic [FlightBits-1:0] under_way;
  logic [CountBits-1:0]  held;

  assign tile_start   = (plane_q == '0) & (step_q == '0);
  assign under_way    = flight_count_q - FlightBits'(reply);
  assign held         = reserved_q - CountBits'(tile_replayed);
  assign requests = active_q & (under_way != FlightBits'(ReadsInFlight)) &
                    (~tile_start | (held != CountBits'(Buffers)));
  assign frame_request_valid_o      = requests & layer_frame_i;
  assign activation_request_valid_o = requests & ~layer_frame_i;
  assign request      = requests &
                        (layer_frame_i ? frame_request_ready_i : activation_request_ready_i);
  assign begins       = request & tile_start;
  assign last_step    = (step_q + 16'd1 == layer_steps_i);
  assign last_plane   = (plane_q + 16'd1 == layer_planes_i);
  assign last_tile    = (tile_q + 16'd1 == layer_tiles_i);
  assign layer_walked = request & last_step & last_plane & last_tile;

  assign command_ready_o  = ~active_q | layer_walked;
  assign step_o           = step_q;
  assign request_plane_o  = plane_q;
  assign request_word_o   = step_word_i;
  assign request_run_o    = step_run_i;
  assign request_region_o = layer_region_i;

  // Pixels of the tile, lane by lane, and the taps of the step in each of them.
  logic [15:0] next_y;
  logic [15:0] next_x;

  always_comb begin
    logic [15:0]        y;
    logic [15:0]        x;
    logic signed [17:0] tap_y;
    logic signed [17:0] tap_x;
    logic               exists;

    y                = tile_y_q;
    x                = tile_x_q;
    request_exists_o = '0;
    request_pixel_o  = '0;
    tap_y            = '0;
    tap_x            = '0;
    exists           = 1'b0;
    for (int p = 0; p < PixelLanes; p++) begin
      for (int r = 0; r < MaxRun; r++) begin
        tap_y = 18'(y * layer_stride_y_i) - 18'(layer_padding_y_i) + 18'(step_ky_i);
        tap_x = 18'(x * layer_stride_x_i) - 18'(layer_padding_x_i) + 18'(step_kx_i) + 18'(r);
        exists = step_reads_i[r] & (tile_pixel_q + 16'(p) < layer_out_pixels_i) &
                 (tap_y >= 18'sd0) & (tap_y < $signed(18'(layer_height_i))) &
                 (tap_x >= 18'sd0) & (tap_x < $signed(18'(layer_width_i)));
        request_exists_o[r*PixelLanes+p] = exists;
        request_pixel_o[16*(r*PixelLanes+p) +: 16] =
          exists ? 16'(tap_y) * layer_width_i + 16'(tap_x) : '0;
      end
      if (x + 16'd1 == layer_out_width_i) begin
        x = '0;
        y = y + 16'd1;
      end else begin
        x = x + 16'd1;
      end
    end
    next_y = y;
    next_x = x;
  end

  function automatic logic [BufferBits-1:0] after(input logic [BufferBits-1:0] index);
    after = (index == BufferBits'(Buffers - 1)) ? '0 : index + BufferBits'(1);
  endfunction

  logic [PlaceBits:0] tail;

  assign tail = {1'b0, flight_head_q} + (PlaceBits+1)'(flight_count_q);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q       <= 1'b0;
      step_q         <= '0;
      plane_q        <= '0;
      tile_q         <= '0;
      tile_y_q       <= '0;
      tile_x_q       <= '0;
      tile_pixel_q   <= '0;
      flight_count_q <= '0;
      flight_head_q  <= '0;
      reserved_q     <= '0;
      begin_q        <= '0;
      build_q        <= '0;
      replay_q       <= '0;
      group_q        <= '0;
      word_q         <= '0;
      replay_plane_q <= '0;
      plane_base_q   <= '0;
    end else begin
      flight_count_q <= under_way + FlightBits'(request);
      reserved_q     <= held + CountBits'(begins);
      if (begins) begin
        begin_q <= after(begin_q);
      end
      if (reply) begin
        flight_head_q <= (flight_head_q == PlaceBits'(ReadsInFlight - 1)) ? '0
                                                                          : flight_head_q + 1'b1;
        build_q       <= tile_built ? after(build_q) : build_q;
      end
      if (replay) begin
        word_q <= last_word ? '0 : word_q + 16'd1;
        if (last_word) begin
          replay_plane_q <= last_of_group ? '0 : replay_plane_q + 16'd1;
          plane_base_q   <= last_of_group ? '0 : plane_base_q + layer_words_i;
        end
        if (last_of_group) begin
          group_q <= last_of_tile ? '0 : group_q + 16'd1;
        end
        if (last_of_tile) begin
          replay_q <= after(replay_q);
        end
      end
      if (request) begin
        step_q <= last_step ? '0 : step_q + 16'd1;
        if (last_step) begin
          plane_q <= last_plane ? '0 : plane_q + 16'd1;
        end
        if (last_step && last_plane) begin
          tile_q       <= last_tile ? '0 : tile_q + 16'd1;
          tile_y_q     <= last_tile ? '0 : next_y;
          tile_x_q     <= last_tile ? '0 : next_x;
          tile_pixel_q <= last_tile ? '0 : tile_pixel_q + 16'(PixelLanes);
        end
      end
      active_q <= (active_q & ~layer_walked) | command_valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (request) begin
      flight_q[tail >= (PlaceBits+1)'(ReadsInFlight) ? PlaceBits'(tail - (PlaceBits+1)'(ReadsInFlight))
                                                     : tail[PlaceBits-1:0]] <=
        {step_channels_i, step_run_i, step_kept_i, request_exists_o, step_keep_i};
    end
    if (reply) begin
      complete_q[build_q] <= built;
    end
    if (begins) begin
      complete_q[begin_q] <= '0;
    end
  end

`ifdef BCNN_ASSERTIONS
  always @(posedge clk_i or negedge rst_ni) begin
    if (rst_ni) begin
      assert (!(command_valid_i && command_ready_o) || (reserved_q == '0 && !active_q))
        else $error("bcnn_line_buffer: a layer begins before the one before is complete");
      assert (!request || step_kept_i != '0)
        else $error("bcnn_line_buffer: a read without a kept tap");
    end
  end
`endif

endmodule
